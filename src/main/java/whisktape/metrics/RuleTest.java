package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/**
 * A test for {@code promtool test rules}: the series of a run, and what rules say on them. There is no PromQL here: promtool is asked with
 * a test that expects nothing, what it got is then what the test expects, and promtool has the last word on whether that passes.
 */
public final class RuleTest {
    /** Of times and alerts together, in one question to promtool. */
    private static final long MOST_QUESTIONS = 500_000;

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
        Expectations expected = promtool.map(this::ask).orElseGet(this::skeleton);
        List<String> more = new ArrayList<>(head);
        if (promtool.isPresent()) {
            more.addAll(happenings(expected));
        } else if (!rules.paths().isEmpty()) {
            more.add("");
            more.add(
                    "promtool was not there to say what the rules give: run promtool test rules on this file, and write down");
            more.add("what it got where it is right.");
        }
        return text(more, names, expected);
    }

    private Expectations skeleton() {
        List<Expectations.Alerts> alerts =
                rules.alerts().stream().map(name -> silence(name, lastMs())).toList();
        List<Expectations.Samples> samples = rules.records().stream()
                .map(name -> new Expectations.Samples(name, lastMs(), List.of()))
                .toList();
        return new Expectations(alerts, samples);
    }

    private Expectations ask(Promtool promtool) {
        List<Expectations.Alerts> alerts = turns(promtool);
        long recordsMs = alerts.stream()
                .filter(each -> !each.firing().isEmpty())
                .mapToLong(Expectations.Alerts::atMs)
                .min()
                .orElse(lastMs());
        Expectations expected = new Expectations(alerts, values(promtool, recordsMs));
        Promtool.Result result = run(promtool, expected);
        if (!result.passed()) {
            throw new WhisktapeException(
                    "promtool does not find in its own figures what it got there: " + firstLine(result)
                            + "; this promtool may print otherwise than 2.42, with which whisktape is tested");
        }
        return expected;
    }

    /** For each alert when it first fires, when most of it does, and when it is over; or the end, if it never fires. */
    private List<Expectations.Alerts> turns(Promtool promtool) {
        Map<String, NavigableMap<Long, Expectations.Alerts>> firing = new LinkedHashMap<>();
        rules.alerts().forEach(name -> firing.put(name, new TreeMap<>()));
        for (Expectations.Alerts got : answer(promtool, everywhere()).alerts()) {
            firing.get(got.name()).put(got.atMs(), got);
        }
        List<Expectations.Alerts> turns = new ArrayList<>();
        firing.forEach(
                (name, times) -> turns.addAll(times.isEmpty() ? List.of(silence(name, lastMs())) : turns(times)));
        return turns;
    }

    private List<Expectations.Alerts> turns(NavigableMap<Long, Expectations.Alerts> times) {
        List<Expectations.Alerts> turns = new ArrayList<>();
        Expectations.Alerts first = times.firstEntry().getValue();
        turns.add(first);
        int most = times.values().stream()
                .mapToInt(each -> each.firing().size())
                .max()
                .orElseThrow();
        if (most > first.firing().size()) {
            times.values().stream()
                    .filter(each -> each.firing().size() == most)
                    .findFirst()
                    .ifPresent(turns::add);
        }
        if (times.lastKey() < lastMs()) {
            turns.add(silence(first.name(), times.lastKey() + interval.toMillis()));
        }
        return turns;
    }

    private static Expectations.Alerts silence(String name, long atMs) {
        return new Expectations.Alerts(name, atMs, List.of());
    }

    private Expectations everywhere() {
        long questions = (long) rules.alerts().size() * (history.lastStep() + 1);
        if (questions > MOST_QUESTIONS) {
            throw WhisktapeException.refused(String.format(
                    "%,d alerts at %,d times are more than promtool can be asked for; choose a window by --from and --until,"
                            + " or a longer --interval",
                    rules.alerts().size(), history.lastStep() + 1));
        }
        List<Expectations.Alerts> alerts = new ArrayList<>();
        for (String name : rules.alerts()) {
            for (int step = 0; step <= history.lastStep(); step++) {
                alerts.add(silence(name, step * interval.toMillis()));
            }
        }
        return new Expectations(alerts, List.of());
    }

    private List<Expectations.Samples> values(Promtool promtool, long atMs) {
        Map<String, Expectations.Samples> got = new LinkedHashMap<>();
        for (String name : rules.records()) {
            got.put(name, new Expectations.Samples(name, atMs, List.of()));
        }
        answer(promtool, new Expectations(List.of(), List.copyOf(got.values())))
                .samples()
                .forEach(each -> got.put(each.expression(), each));
        return got.values().stream().map(RuleTest::comparable).toList();
    }

    /** Not a number equals nothing, so that no test could expect it; a comparison leaves it out. */
    private static Expectations.Samples comparable(Expectations.Samples samples) {
        List<Expectations.Sample> numbers = samples.samples().stream()
                .filter(sample -> !Double.isNaN(sample.value()))
                .toList();
        return numbers.size() == samples.samples().size()
                ? samples
                : new Expectations.Samples(samples.expression() + " >= -Inf", samples.atMs(), numbers);
    }

    /** What promtool got that was not expected. */
    private Expectations answer(Promtool promtool, Expectations expected) {
        if (expected.alerts().isEmpty() && expected.samples().isEmpty()) {
            return expected;
        }
        Promtool.Result result = run(promtool, expected);
        Expectations got = PromtoolOutput.read(result.printed());
        if (!result.passed() && got.alerts().isEmpty() && got.samples().isEmpty()) {
            throw new WhisktapeException("promtool cannot test these rules: " + firstLine(result)
                    + "; promtool check rules on the rule files may say more");
        }
        return got;
    }

    private Promtool.Result run(Promtool promtool, Expectations expected) {
        try {
            Path draft = Files.createTempFile("whisktape-", ".yml");
            try {
                Files.writeString(
                        draft, text(List.of(), rule -> rule.toAbsolutePath().toString(), expected), UTF_8);
                return promtool.testRules(draft);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot write a test for promtool in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    private String text(List<String> head, Function<Path, String> names, Expectations expected) {
        // promtool takes a name for a pattern, and says nothing where it fits no file.
        List<String> files = rules.paths().stream()
                .map(names)
                .map(name -> PATTERN.matcher(name).replaceAll("\\\\$0"))
                .toList();
        return RuleTestText.of(head, files, rules.groups(), interval, series, expected);
    }

    private static List<String> happenings(Expectations expected) {
        List<String> lines = new ArrayList<>();
        Map<String, List<Expectations.Alerts>> byName = new LinkedHashMap<>();
        expected.alerts()
                .forEach(each -> byName.computeIfAbsent(each.name(), name -> new ArrayList<>())
                        .add(each));
        byName.forEach((name, turns) -> lines.add(name + " " + course(turns) + "."));
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

    private long lastMs() {
        return history.lastStep() * interval.toMillis();
    }

    private static String firstLine(Promtool.Result result) {
        return result.printed()
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("Unit Testing:") && !line.equals("FAILED:"))
                .findFirst()
                .orElse("it says nothing");
    }
}
