package whisktape.metrics;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A test for {@code promtool test rules}: the series of a run, and what rules say on them. There is no PromQL here, so promtool
 * is asked.
 */
public final class RuleTest {
    private static final int SKELETON_TIMES = 20;
    private static final long MINUTE_MS = 60_000;
    private static final List<String> SKELETON = List.of(
            "",
            "promtool was not there to say what the rules give, so nothing is expected at some times: promtool test rules on",
            "this file prints what it got there. Write it down where it is right, and round what is added up.");
    private static final Pattern PATTERN = Pattern.compile("[*?\\[\\\\]");

    private final MetricsHistory history;
    private final Duration interval;
    private final RuleFiles rules;
    private final List<String> series;

    private RuleTest(MetricsHistory history, Duration interval, RuleFiles rules, List<String> series) {
        this.history = history;
        this.interval = interval;
        this.rules = rules;
        this.series = series;
    }

    /**
     * Takes the series that it is about.
     *
     * @param history which has come to its end
     * @param names of the series, as {@code openwhisk_action_status}, beside those that the rules mention
     * @param filter which of them
     */
    public static RuleTest of(
            MetricsHistory history,
            Duration interval,
            TargetLabels target,
            RuleFiles rules,
            Predicate<String> names,
            SeriesFilter filter) {
        SeriesNames written = new SeriesNames(target);
        List<String> series = new ArrayList<>();
        for (Family family : history.families()) {
            for (Metric metric : family.metrics()) {
                for (int i = 0; i < metric.size(); i++) {
                    boolean wanted = rules.mention(metric.name(i)) || names.test(metric.name(i));
                    if (wanted && filter.test(metric.labels(i))) {
                        series.add(RuleTestText.series(
                                written.of(metric, i), InputSeries.of(metric, i, history.lastStep())));
                    }
                }
            }
        }
        return new RuleTest(history, interval, rules, series);
    }

    public int series() {
        return series.size();
    }

    /**
     * The test's text.
     *
     * @param head what it is, for people; what happens in it is added
     * @param names how the file names each of the rule files
     * @param promtool which is asked; without it nothing is expected but a skeleton
     */
    public String text(List<String> head, Function<Path, String> names, Optional<Promtool> promtool) {
        List<String> more = new ArrayList<>(head);
        if (promtool.isEmpty()) {
            more.addAll(rules.paths().isEmpty() ? List.of() : SKELETON);
            return text(more, names, skeleton());
        }
        RuleQuestions questions = new RuleQuestions(promtool.get(), rules, interval, history.lastStep(), this::draft);
        List<Expectations.Alerts> turns = questions.turns();
        Expectations expected = questions.ask(turns);
        more.addAll(happenings(turns));
        more.addAll(expected.unsure());
        return text(more, names, expected);
    }

    /** Nothing at any of some times, so that promtool prints what there is. */
    private Expectations skeleton() {
        List<Long> times = skeletonTimes();
        List<Expectations.Alerts> alerts = rules.alerts().stream()
                .flatMap(name -> times.stream().map(atMs -> Expectations.Alerts.none(name, atMs)))
                .toList();
        List<Expectations.Samples> samples = rules.records().stream()
                .flatMap(name -> times.stream().map(atMs -> new Expectations.Samples(name, atMs, List.of())))
                .toList();
        return new Expectations(alerts, samples);
    }

    private List<Long> skeletonTimes() {
        int steps = Math.max(1, (int) Math.ceil((double) MINUTE_MS / interval.toMillis()));
        int apart = Math.max(steps, (int) Math.ceil((double) history.lastStep() / SKELETON_TIMES));
        List<Long> times = new ArrayList<>();
        for (int step = apart; step < history.lastStep(); step += apart) {
            times.add(step * interval.toMillis());
        }
        times.add(history.lastStep() * interval.toMillis());
        return times;
    }

    private String draft(Expectations expected) {
        return text(List.of(), rule -> rule.toAbsolutePath().toString(), expected);
    }

    private String text(List<String> head, Function<Path, String> names, Expectations expected) {
        // promtool takes a name for a pattern, and says nothing where it fits no file.
        List<String> files = rules.paths().stream()
                .map(names)
                .map(name -> PATTERN.matcher(name).replaceAll("\\\\$0"))
                .toList();
        return RuleTestText.of(head, files, rules.groups(), interval, series, expected);
    }

    private static List<String> happenings(List<Expectations.Alerts> turns) {
        List<String> lines = new ArrayList<>();
        Map<String, List<Expectations.Alerts>> byName = new LinkedHashMap<>();
        turns.forEach(each ->
                byName.computeIfAbsent(each.name(), name -> new ArrayList<>()).add(each));
        byName.forEach((name, own) -> lines.add(name + " " + course(own) + "."));
        if (!lines.isEmpty()) {
            lines.add(0, "");
        }
        return lines;
    }

    /** {@code fires at 45s (1), at 1m30s (3), and is over at 4m}. */
    private static String course(List<Expectations.Alerts> turns) {
        List<String> firing = turns.stream()
                .filter(turn -> !turn.firing().isEmpty())
                .map(turn -> "at " + RuleTestText.duration(turn.atMs()) + " ("
                        + turn.firing().size() + ")")
                .toList();
        Expectations.Alerts last = turns.get(turns.size() - 1);
        if (firing.isEmpty()) {
            return "does not fire";
        }
        return "fires " + String.join(", ", firing)
                + (last.firing().isEmpty()
                        ? ", and is over at " + RuleTestText.duration(last.atMs())
                        : ", and still does at the end");
    }
}
