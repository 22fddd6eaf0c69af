package whisktape;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The name of an action as events carry it, taken apart as OpenWhisk takes it apart (its {@code EntityPath.scala}): segments between
 * slashes, of which empty ones do not count.
 *
 * @param namespace the first segment, which owns the action
 * @param action the others: {@code hello}, or {@code billing/makeInvoice} in a package
 */
public record ActionPath(String namespace, String action) {

    /** OpenWhisk's entity name; {@code \w} is ASCII only. */
    private static final Pattern SEGMENT = Pattern.compile("\\w|\\w[\\w@ .&-]{0,254}[\\w@.&-]");

    /** Takes a name apart; empty where OpenWhisk would refuse it: fewer than two segments, or characters it does not know. */
    public static Optional<ActionPath> of(String name) {
        List<String> segments = Arrays.stream(name.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
        if (segments.size() < 2
                || !segments.stream()
                        .allMatch(segment -> SEGMENT.matcher(segment).matches())) {
            return Optional.empty();
        }
        return Optional.of(new ActionPath(segments.get(0), String.join("/", segments.subList(1, segments.size()))));
    }
}
