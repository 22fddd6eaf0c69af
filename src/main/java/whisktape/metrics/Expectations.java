package whisktape.metrics;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a rule test expects at certain times, or what promtool got there.
 *
 * @param alerts which fire, one entry for each name and time
 * @param samples of expressions
 * @param unsure sentences on what nothing is expected of, as promtool does not get the same each time
 */
record Expectations(List<Alerts> alerts, List<Samples> samples, List<String> unsure) {
    Expectations(List<Alerts> alerts, List<Samples> samples) {
        this(alerts, samples, List.of());
    }

    /**
     * The alerts of one name.
     *
     * @param atMs since the beginning of the test
     * @param firing none where it does not fire
     */
    record Alerts(String name, long atMs, List<Firing> firing) {
        /** Silence. */
        static Alerts none(String name, long atMs) {
            return new Alerts(name, atMs, List.of());
        }
    }

    /** One firing alert, without its name among the labels. */
    record Firing(Map<String, String> labels, Map<String, String> annotations) {}

    /**
     * The value of an expression.
     *
     * @param atMs since the beginning of the test
     * @param why it is asked for, for people, where that is not plain
     */
    record Samples(String expression, long atMs, List<Sample> samples, Optional<String> why) {
        Samples(String expression, long atMs, List<Sample> samples) {
            this(expression, atMs, samples, Optional.empty());
        }
    }

    /** @param labels as promtool writes and reads them, with {@code __name__} */
    record Sample(String labels, double value) {}
}
