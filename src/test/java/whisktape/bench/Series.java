package whisktape.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The same thing measured once a round; of each figure the median counts, so that one disturbed round does not. */
final class Series {
    /**
     * @param eventsPerSecond from the first event to the last
     * @param run the whole process
     */
    record Round(double eventsPerSecond, Run run) {}

    private final List<Round> rounds = new ArrayList<>();

    void add(Round round) {
        rounds.add(round);
    }

    double eventsPerSecond() {
        return median(Round::eventsPerSecond);
    }

    double median(ToDoubleFunction<Round> figure) {
        return median(rounds.stream().mapToDouble(figure).toArray());
    }

    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
