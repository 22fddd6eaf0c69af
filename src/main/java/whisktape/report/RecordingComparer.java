package whisktape.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import whisktape.Version;
import whisktape.recording.Recording;
import whisktape.statistics.BenjaminiHochberg;
import whisktape.statistics.MixShift;
import whisktape.statistics.Rate;
import whisktape.statistics.RateInTime;
import whisktape.statistics.Verdict;

/** Compares recordings: what changed from one side to the other, by how much, and how sure that is. */
public final class RecordingComparer {
    /** How many calls of one side are kept, over all its actions and runs: some 20 bytes each. */
    private static final long MOST_CALLS = 4_000_000;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<RunReader.Calls> base;
    private final List<RunReader.Calls> now;
    private final long seed;

    private RecordingComparer(List<Recording> base, List<Recording> now, long seed) {
        this.base = read(base);
        this.now = read(now);
        this.seed = seed;
    }

    /**
     * The comparison.
     *
     * @param base recordings of the first side, in the order in which they were made
     * @param now as many of the second
     * @param seed of all random numbers
     */
    public static RecordingComparison compare(List<Recording> base, List<Recording> now, long seed) {
        if (base.isEmpty() || base.size() != now.size()) {
            throw new IllegalArgumentException(base.size() + " recordings against " + now.size());
        }
        return new RecordingComparer(base, now, seed).comparison();
    }

    private List<RunReader.Calls> read(List<Recording> recordings) {
        List<RunReader.Calls> runs = new ArrayList<>();
        for (Recording recording : recordings) {
            RunReader.Calls run = RunReader.read(recording, numbers, MOST_CALLS / recordings.size());
            runs.add(run);
        }
        return runs;
    }

    private RecordingComparison comparison() {
        SortedSet<String> actions = new TreeSet<>();
        Stream.of(base, now)
                .flatMap(List::stream)
                .forEach(run -> actions.addAll(run.actions().keySet()));
        List<String> onlyInBase =
                actions.stream().filter(action -> of(now, action).isEmpty()).toList();
        List<String> onlyInNew =
                actions.stream().filter(action -> of(base, action).isEmpty()).toList();
        actions.removeAll(onlyInBase);
        actions.removeAll(onlyInNew);
        // One action needs nothing of another, and whoever waits has more than one core.
        Stream<ComparedRow> rows = actions.parallelStream()
                .flatMap(action -> rows(Optional.of(action), of(base, action), of(now, action)).stream());
        List<ComparedRow> judged =
                judged(Stream.concat(rows, rowsOfAll().stream()).toList());
        return new RecordingComparison(
                Version.TOOL,
                base.stream().map(RunReader.Calls::run).toList(),
                now.stream().map(RunReader.Calls::run).toList(),
                seed,
                (int) judged.stream().flatMap(row -> row.p().stream()).count(),
                judged,
                onlyInBase,
                onlyInNew,
                onlyInBase.stream().filter(this::hadFigures).toList(),
                Stream.of(base, now)
                        .flatMap(List::stream)
                        .anyMatch(run -> run.all().isThinned()));
    }

    private boolean isOfRuns() {
        return base.size() >= Verdict.ENOUGH_RUNS;
    }

    private static List<ComparedCalls> of(List<RunReader.Calls> runs, String action) {
        return runs.stream()
                .flatMap(run -> Stream.ofNullable(run.actions().get(action)))
                .toList();
    }

    private boolean hadFigures(String action) {
        return of(base, action).stream()
                        .mapToLong(calls -> calls.n(ComparedMetric.RESPONSE_MS))
                        .sum()
                >= ComparedStatistic.P50.callsNeeded();
    }

    private List<ComparedRow> rows(Optional<String> action, List<ComparedCalls> before, List<ComparedCalls> after) {
        return isOfRuns()
                ? new RunComparison(action, before, after).rows()
                : new CallComparison(action, ComparedCalls.together(before), ComparedCalls.together(after), seed)
                        .rows();
    }

    private List<ComparedRow> rowsOfAll() {
        List<ComparedCalls> before = base.stream().map(RunReader.Calls::all).toList();
        List<ComparedCalls> after = now.stream().map(RunReader.Calls::all).toList();
        MixShifts shifts =
                new MixShifts(ComparedCalls.together(before), ComparedCalls.together(after), this::ratesByAction);
        List<ComparedRow> rows = new ArrayList<>();
        for (ComparedRow row : rows(Optional.empty(), before, after)) {
            rows.add(shifts.behind(row).map(row::with).orElse(row));
        }
        rows.add(refused());
        return rows;
    }

    private List<MixShift.RateStratum> ratesByAction(ComparedMetric metric) {
        return numbers.keySet().stream()
                .map(action -> new MixShift.RateStratum(rate(of(base, action), metric), rate(of(now, action), metric)))
                .toList();
    }

    private static Rate rate(List<ComparedCalls> runs, ComparedMetric metric) {
        List<Rate> rates = runs.stream().map(run -> run.rate(metric)).toList();
        return new Rate(
                rates.stream().mapToLong(Rate::hits).sum(),
                rates.stream().mapToLong(Rate::n).sum());
    }

    private ComparedRow refused() {
        List<RateInTime> before = base.stream().map(RunReader.Calls::requests).toList();
        List<RateInTime> after = now.stream().map(RunReader.Calls::requests).toList();
        return isOfRuns()
                ? RunComparison.ofShare(ComparedMetric.REFUSED_SHARE, before, after)
                : CallComparison.ofShare(
                        Optional.empty(),
                        ComparedMetric.REFUSED_SHARE,
                        RateInTime.together(before),
                        RateInTime.together(after));
    }

    private List<ComparedRow> judged(List<ComparedRow> rows) {
        double[] adjusted = BenjaminiHochberg.adjust(rows.stream()
                .flatMap(row -> row.p().stream())
                .mapToDouble(Double::doubleValue)
                .toArray());
        List<ComparedRow> judged = new ArrayList<>();
        int look = 0;
        for (ComparedRow row : rows) {
            Optional<Double> adjustedP = row.p().isPresent() ? Optional.of(adjusted[look++]) : Optional.empty();
            judged.add(row.judged(adjustedP, adjusted.length, base.size()));
        }
        return List.copyOf(judged);
    }
}
