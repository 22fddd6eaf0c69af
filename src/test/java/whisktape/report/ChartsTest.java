package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.ActivationEvent;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Window;
import whisktape.recording.Recording;

/** Rows of charts stay few, whatever is recorded: 3,000 actions on 100 invokers over ten days, and one call from another century. */
final class ChartsTest {
    private static final long START_MS = 1_700_000_000_000L;
    private static final int CALLS = 9_000;
    private static final long BETWEEN_MS = 100_000;

    @TempDir
    static Path folder;

    private static List<Section> charts;

    @BeforeAll
    static void record() {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            events.add(new ActivationEvent("%032x".formatted(i), "owner" + i % 50 + "/action" + i % 3_000)
                    .source("invoker" + i % 100)
                    .ran(START_MS + i * BETWEEN_MS, 20L + i % 700)
                    .status(i % 4)
                    .at(i));
        }
        events.add(new ActivationEvent("%032x".formatted(CALLS), "owner0/absurd")
                .ran(7_000_000_000_000L, 10L)
                .at(CALLS));
        Recording recording = Fixtures.recordingOf(folder.resolve("rec"), events);
        List<QueryFile> queries = QueryFile.list(Path.of("queries"));
        try (Analysis analysis = Reporter.open(recording, Window.ALL, queries, List.of())) {
            charts = Reporter.charts(recording, analysis, queries, Map.of());
        }
    }

    static Stream<Section> charts() {
        return charts.stream();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void drawThirtyPairsByThemselvesAndAllOthersTogether(Section chart) {
        Set<Object> calls = new HashSet<>();
        Set<Object> invokers = new HashSet<>();
        for (List<Object> row : chart.rows()) {
            calls.add(value(chart, row, "namespace") + " " + value(chart, row, "action"));
            invokers.add(value(chart, row, "invoker"));
        }

        assertThat(calls).hasSizeLessThanOrEqualTo(31);
        assertThat(invokers).hasSizeLessThanOrEqualTo(21);
        assertThat(chart.more()).isZero();
    }

    @ParameterizedTest
    @MethodSource("charts")
    void cutTheTimeIntoFewWindowsAndLeaveOutTheOtherCentury(Section chart) {
        Set<Object> windows = new HashSet<>();
        for (List<Object> row : chart.rows()) {
            if (value(chart, row, "at_ms") instanceof Long at) {
                windows.add(at);
                assertThat(at).isBetween(START_MS - 86_400_000, START_MS + CALLS * BETWEEN_MS);
            }
        }

        assertThat(windows).hasSizeLessThanOrEqualTo(600);
    }

    @Test
    void countEveryCallOnce() {
        assertThat(sum("time-by-namespace-and-action", "n")).isEqualTo(CALLS + 1);
        assertThat(sum("cold-starts-by-gap-and-action", "n")).isEqualTo(CALLS + 1);
        assertThat(sum("latency-histogram", "n")).isEqualTo(3 * (CALLS + 1));
        assertThat(sum("load-by-window", "arrivals")).isEqualTo(CALLS);
        assertThat(sum("load-by-invoker-and-window", "arrivals")).isEqualTo(CALLS);
        assertThat(sum("response-time-by-window", "n")).isEqualTo(CALLS);
    }

    private static long sum(String query, String column) {
        Section chart = charts.stream()
                .filter(each -> each.query().equals(query))
                .findFirst()
                .orElseThrow();
        return chart.rows().stream()
                .mapToLong(row -> ((Number) value(chart, row, column)).longValue())
                .sum();
    }

    private static Object value(Section chart, List<Object> row, String column) {
        for (int i = 0; i < row.size(); i++) {
            if (chart.columns().get(i).name().equals(column)) {
                return row.get(i);
            }
        }
        return null;
    }
}
