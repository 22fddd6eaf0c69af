package whisktape.metrics;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/**
 * The labels that a Prometheus gives to all series of what it scrapes: {@code job}, {@code instance}, and what its owner adds.
 *
 * @param byName all of them; a label with an empty value is none
 */
public record TargetLabels(Map<String, String> byName) {
    private static final String JOB = "openwhisk";
    private static final Pattern NAME = Pattern.compile("(?!__)[a-zA-Z_][a-zA-Z0-9_]*");

    /** Those of user-events, and of histograms. */
    private static final Set<String> TAKEN = Set.of(
            "namespace",
            "initiator",
            "action",
            "kind",
            "memory",
            "status",
            "status_code",
            "invoker",
            "cold",
            "result",
            "le");

    /** No label at all. */
    static final TargetLabels NONE = new TargetLabels(Map.of());

    public TargetLabels {
        byName = new TreeMap<>(byName);
        byName.forEach((name, value) -> {
            if (!NAME.matcher(name).matches()) {
                throw WhisktapeException.refused("'" + name + "' is no name of a label;"
                        + " it takes letters, digits and _, and begins with a letter or one _");
            }
            if (TAKEN.contains(name)) {
                throw WhisktapeException.refused(
                        "the label " + name + " is one of user-events' own; choose another name");
            }
        });
        byName.values().removeIf(String::isEmpty);
    }

    /** {@code job="openwhisk"} and this instance, where there are no others for them. */
    public static TargetLabels of(String instance, Map<String, String> more) {
        Map<String, String> labels = new TreeMap<>(Map.of("job", JOB, "instance", instance));
        labels.putAll(more);
        return new TargetLabels(labels);
    }
}
