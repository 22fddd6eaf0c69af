package whisktape.metrics;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Prometheus' text format taken apart: series by name and sorted labels, with the value as it is written. */
public final class Exposition {
    private Exposition() {}

    static Map<String, String> of(UserEventMetrics metrics) {
        StringWriter text = new StringWriter();
        try {
            metrics.writeText(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return series(text.toString(), line -> true);
    }

    /** The series whose lines are wanted; label values must be without commas and braces. */
    public static Map<String, String> series(String text, Predicate<String> wanted) {
        return text.lines()
                .filter(line -> !line.startsWith("#") && wanted.test(line))
                .collect(Collectors.toMap(
                        line -> name(line.substring(0, line.lastIndexOf(' '))),
                        line -> line.substring(line.lastIndexOf(' ') + 1),
                        (a, b) -> a + " and " + b,
                        TreeMap::new));
    }

    private static String name(String series) {
        int brace = series.indexOf('{');
        if (brace < 0) {
            return series;
        }
        String labels = series.substring(brace + 1, series.length() - 1);
        return Arrays.stream(labels.split(","))
                .sorted()
                .collect(Collectors.joining(",", series.substring(0, brace) + "{", "}"));
    }
}
