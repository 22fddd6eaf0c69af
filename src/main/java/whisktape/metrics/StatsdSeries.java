package whisktape.metrics;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One series as a line of StatsD's protocol names it, in ASCII. A name from an event ends nothing there and begins nothing: what could is
 * replaced.
 *
 * @param before what stands before a value, with its colon
 * @param behind what stands behind its type: nothing, or the tags
 */
record StatsdSeries(String before, String behind) {
    /** What Kamon calls user-events; it is the first part of its StatsD names, and a tag at Datadog. */
    private static final String SERVICE = "user-events";

    /** In the place of the host's name: so dashboards over all hosts show it, and nobody takes it for a real one. */
    private static final String HOST = "whisktape";

    /** Graphite makes a file's name of it, with a suffix, and Datadog takes tags of 200 characters. */
    private static final int LONGEST_TEXT = 180;

    private static final Pattern NOT_FOR_NAMES = Pattern.compile("[^A-Za-z0-9_-]");
    private static final Pattern NOT_FOR_TAGS = Pattern.compile("[^A-Za-z0-9_\\-./:]");

    /** The series of a metric with Kamon's name and tags: name, value, name, value. */
    static StatsdSeries of(StatsdTags style, String metric, String... tags) {
        SortedMap<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < tags.length; i += 2) {
            sorted.put(tags[i], tags[i + 1]);
        }
        return style == StatsdTags.DATADOG ? datadog(metric, sorted) : plain(metric, sorted);
    }

    /** One line, without its end. */
    String line(long value, String type) {
        return before + value + "|" + type + behind;
    }

    private static StatsdSeries plain(String metric, Map<String, String> tags) {
        return new StatsdSeries(
                tags.entrySet().stream()
                        .map(tag -> "." + tag.getKey() + "." + inName(tag.getValue()))
                        .collect(Collectors.joining("", SERVICE + "." + HOST + "." + inName(metric), ":")),
                "");
    }

    private static StatsdSeries datadog(String metric, Map<String, String> tags) {
        return new StatsdSeries(
                metric + ":",
                tags.entrySet().stream()
                        .map(tag -> "," + tag.getKey() + ":" + inTag(tag.getValue()))
                        .collect(Collectors.joining("", "|#service:" + SERVICE, "")));
    }

    /** As Kamon normalizes it, and beyond that nothing but letters, digits, underscores and minuses. */
    private static String inName(String text) {
        String normalized = shortened(text).replace(": ", "-").replace(':', '-');
        return orUnderscore(NOT_FOR_NAMES.matcher(normalized).replaceAll("_"));
    }

    /** What Datadog keeps in a tag; the rest it would replace itself. */
    private static String inTag(String text) {
        return orUnderscore(NOT_FOR_TAGS.matcher(shortened(text)).replaceAll("_"));
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** A part of a name must not be empty. */
    private static String orUnderscore(String text) {
        return text.isEmpty() ? "_" : text;
    }
}
