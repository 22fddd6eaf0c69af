package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.QueryFixture;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;

final class GateTest {
    @TempDir
    static Path folder;

    private static Analysis analysis;

    @BeforeAll
    static void record() {
        analysis = Analysis.open(QueryFixture.recording(folder.resolve("rec")));
    }

    @AfterAll
    static void close() {
        analysis.close();
    }

    /** guest/resize has ten calls that waited 40 to 49 ms, two of them cold; the base set has sixteen. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "count(*) > 15 | true | 16",
                "count(*) > 16 | false | 16",
                "count(*) >= 16 | true | 16",
                "count(*) <> 16 | false | 16",
                "max(wait_ms) > 48 where action = 'guest/resize' | true | 49",
                "p50(wait_ms) = 44.5 where action = 'guest/resize' | true | 44.5",
                "P99.9(wait_ms) < 49 WHERE action = 'guest/resize' -- why | true | 48.991",
                "share(is_cold) > 0.19 where action = 'guest/resize' | true | 0.2",
                "share(status_code <> 0) > 0 where action = 'guest/resize' | false | 0",
                "sum(coalesce(init_ms, 0)) = 305 | true | 305",
                "mean(wait_ms) <= 44.5 where action = 'guest/resize' | true | 44.5",
                "min(wait_ms) < 0 from invocations | true | -12",
                "count(*) >= 3 from events where metric_name is not null | true | 3",
            })
    void judges(String text, boolean isCrossed, double figure) {
        Gate.Outcome outcome = new Gate(text).judge(analysis);

        assertThat(outcome.figure()).contains(figure);
        assertThat(outcome.isCrossed()).isEqualTo(isCrossed);
    }

    @Test
    void whatHasNoDataIsCrossed() {
        Gate.Outcome outcome = new Gate("p99(response_ms) > 2000 where action = 'guest/nobody'").judge(analysis);

        assertThat(outcome.isCrossed()).isTrue();
        assertThat(outcome.words())
                .isEqualTo("crossed: p99(response_ms) > 2000 where action = 'guest/nobody' (no data)");
    }

    @Test
    void saysWhatItFoundAndInHowManyRows() {
        assertThat(new Gate("max(wait_ms) > 2000").judge(analysis).words())
                .isEqualTo("kept: max(wait_ms) > 2000 (1,200 of 16 rows)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "p99(response_ms)",
                "p100(response_ms) > 1",
                "median(wait_ms) > 1",
                "p99(wait_ms) > many",
                "p99() > 1",
                "p99(wait_ms) > 1 from somewhere"
            })
    void refusesWhatIsNoCondition(String text) {
        assertThatThrownBy(() -> new Gate(text))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("'" + text + "' is no condition; it takes one like p99(response_ms) > 2000");
    }

    @Test
    void refusesColumnsThatAreNotThere() {
        Gate gate = new Gate("p99(latency) > 1");

        assertThatThrownBy(() -> gate.judge(analysis))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("latency");
    }

    @Test
    void onlyReads() {
        Gate gate = new Gate("count(*) > 1 where true); CREATE TABLE t (x INT); SELECT (1");

        assertThatThrownBy(() -> gate.judge(analysis)).isInstanceOf(WhisktapeException.class);
    }
}
