package whisktape.metrics;

import java.util.List;
import java.util.Map;

/**
 * What a rule test expects at certain times, or what promtool got there.
 *
 * @param alerts which fire, one entry for each name and time
 * @param samples of expressions
 */
record Expectations(List<Alerts> alerts, List<Samples> samples) {

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
     */
    record Samples(String expression, long atMs, List<Sample> samples) {}

    /** @param labels as promtool writes and reads them, with {@code __name__} */
    record Sample(String labels, double value) {}
}
