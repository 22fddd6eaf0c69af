package whisktape;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Some partitions of a topic: the share of one of several recorders. Written {@code 0-3}, {@code 5}, {@code 0-3,8}, or {@code 8-} for
 * those from 8 on, also such as the topic will get.
 *
 * @param ranges ascending, none touching the next
 */
public record Partitions(List<Range> ranges) {
    private static final Pattern RANGE = Pattern.compile("(\\d{1,9})(-(\\d{1,9})?)?");

    /**
     * Partitions that follow each other.
     *
     * @param from the first
     * @param to the last; {@link Integer#MAX_VALUE} where there is no last
     */
    public record Range(int from, int to) {
        @Override
        public String toString() {
            return to == Integer.MAX_VALUE ? from + "-" : from == to ? String.valueOf(from) : from + "-" + to;
        }
    }

    /**
     * Reads what a user typed.
     *
     * @throws IllegalArgumentException with the reason, where it is something else
     */
    public static Partitions parse(String text) {
        List<Range> ranges = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            ranges.add(range(part.strip()));
        }
        ranges.sort(Comparator.comparingInt(Range::from));
        return new Partitions(joined(ranges));
    }

    public boolean contains(int partition) {
        return ranges.stream().anyMatch(range -> range.from <= partition && partition <= range.to);
    }

    /** True if they have a partition in common. */
    public boolean overlaps(Partitions other) {
        return ranges.stream()
                .anyMatch(range ->
                        other.ranges.stream().anyMatch(theirs -> range.from <= theirs.to && theirs.from <= range.to));
    }

    @Override
    public String toString() {
        return ranges.stream().map(Range::toString).collect(Collectors.joining(","));
    }

    private static Range range(String text) {
        Matcher matcher = RANGE.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is no partition and no range of them, like 0-3");
        }
        int from = Integer.parseInt(matcher.group(1));
        if (matcher.group(2) == null) {
            return new Range(from, from);
        }
        int to = matcher.group(3) == null ? Integer.MAX_VALUE : Integer.parseInt(matcher.group(3));
        if (to < from) {
            throw new IllegalArgumentException("'" + text + "' ends before it begins");
        }
        return new Range(from, to);
    }

    private static List<Range> joined(List<Range> sorted) {
        List<Range> joined = new ArrayList<>();
        for (Range range : sorted) {
            Range last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
            if (last != null && (last.to == Integer.MAX_VALUE || range.from <= last.to + 1)) {
                joined.set(joined.size() - 1, new Range(last.from, Math.max(last.to, range.to)));
            } else {
                joined.add(range);
            }
        }
        return List.copyOf(joined);
    }
}
