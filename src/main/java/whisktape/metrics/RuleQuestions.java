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
import java.util.TreeMap;
import java.util.function.Function;
import whisktape.WhisktapeException;

/**
 * Asks promtool what rules say: with tests that expect nothing. What it got is then what a test expects, and promtool has the last word on
 * whether that passes, and passes again.
 */
final class RuleQuestions {
    /** Of times and alerts together, in one test. */
    private static final long MOST = 500_000;

    /** promtool adds floats up in another order each time, which a few askings show; with many series they take long. */
    private static final int LEAST_PASSES = 3;

    private static final int ENOUGH_PASSES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Promtool promtool;
    private final RuleFiles rules;
    private final Duration interval;
    private final int lastStep;
    private final Function<Expectations, String> text;

    /** @param text writes a test with the series in question, wherever it will lie */
    RuleQuestions(
            Promtool promtool, RuleFiles rules, Duration interval, int lastStep, Function<Expectations, String> text) {
        this.promtool = promtool;
        this.rules = rules;
        this.interval = interval;
        this.lastStep = lastStep;
        this.text = text;
    }

    /**
     * What a test of these rules may expect: what promtool gets each time.
     *
     * @param turns as {@link #turns} gives them
     */
    Expectations ask(List<Expectations.Alerts> turns) {
        long recordsMs = turns.stream()
                .filter(each -> !each.firing().isEmpty())
                .mapToLong(Expectations.Alerts::atMs)
                .min()
                .orElse(lastMs());
        return steady(new Expectations(turns, values(recordsMs)));
    }

    /** Asks again and again, and expects less wherever the answer is another one. */
    private Expectations steady(Expectations first) {
        Expectations expected = first;
        long beginNanos = System.nanoTime();
        int passed = 0;
        int least = first.alerts().isEmpty() && first.samples().isEmpty() ? 1 : LEAST_PASSES;
        while (passed < least
                || least > 1 && passed < ENOUGH_PASSES && System.nanoTime() - beginNanos < PATIENCE.toNanos()) {
            Promtool.Result result = run(expected);
            if (result.passed()) {
                passed++;
            } else {
                Expectations weaker = SteadyExpectations.weaker(expected, PromtoolOutput.read(result.printed()));
                if (weaker.equals(expected)) {
                    throw new WhisktapeException("promtool does not find in its own figures what it got there: "
                            + result.firstSentence()
                            + "; this promtool may print otherwise than 2.42, with which whisktape is tested");
                }
                expected = weaker;
                passed = 0;
            }
        }
        return expected;
    }

    /** For each alert when it first fires, when most of it does, and when it is over; or the end, if it never fires. */
    List<Expectations.Alerts> turns() {
        Map<String, NavigableMap<Long, Expectations.Alerts>> firing = new LinkedHashMap<>();
        rules.alerts().forEach(name -> firing.put(name, new TreeMap<>()));
        for (Expectations.Alerts got : answer(everywhere()).alerts()) {
            firing.get(got.name()).put(got.atMs(), got);
        }
        List<Expectations.Alerts> turns = new ArrayList<>();
        firing.forEach((name, times) ->
                turns.addAll(times.isEmpty() ? List.of(Expectations.Alerts.none(name, lastMs())) : turns(times)));
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
            turns.add(Expectations.Alerts.none(first.name(), times.lastKey() + interval.toMillis()));
        }
        return turns;
    }

    private Expectations everywhere() {
        long questions = (long) rules.alerts().size() * (lastStep + 1);
        if (questions > MOST) {
            throw WhisktapeException.refused(String.format(
                    "%,d alerts at %,d times are more than promtool can be asked for; choose a window by --from and --until,"
                            + " or a longer --interval",
                    rules.alerts().size(), lastStep + 1));
        }
        List<Expectations.Alerts> alerts = new ArrayList<>();
        for (String name : rules.alerts()) {
            for (int step = 0; step <= lastStep; step++) {
                alerts.add(Expectations.Alerts.none(name, step * interval.toMillis()));
            }
        }
        return new Expectations(alerts, List.of());
    }

    private List<Expectations.Samples> values(long atMs) {
        List<String> rounded = new ArrayList<>();
        samples(rules.records(), atMs).forEach(each -> rounded.add(Rounding.of(each)));
        return samples(rounded, atMs);
    }

    private List<Expectations.Samples> samples(List<String> expressions, long atMs) {
        Map<String, Expectations.Samples> got = new LinkedHashMap<>();
        for (String expression : expressions) {
            got.put(expression, new Expectations.Samples(expression, atMs, List.of()));
        }
        answer(new Expectations(List.of(), List.copyOf(got.values())))
                .samples()
                .forEach(each -> got.put(each.expression(), each));
        return List.copyOf(got.values());
    }

    /** What promtool got that was not expected. */
    private Expectations answer(Expectations expected) {
        if (expected.alerts().isEmpty() && expected.samples().isEmpty()) {
            return expected;
        }
        Promtool.Result result = run(expected);
        Expectations got = PromtoolOutput.read(result.printed());
        if (!result.passed() && got.alerts().isEmpty() && got.samples().isEmpty()) {
            throw new WhisktapeException("promtool cannot test these rules: " + result.firstSentence()
                    + "; promtool check rules on the rule files may say more");
        }
        return got;
    }

    private Promtool.Result run(Expectations expected) {
        try {
            Path draft = Files.createTempFile("whisktape-", ".yml");
            try {
                Files.writeString(draft, text.apply(expected), UTF_8);
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

    private long lastMs() {
        return lastStep * interval.toMillis();
    }
}
