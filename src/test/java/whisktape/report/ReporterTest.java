package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.QueryFixture;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Window;
import whisktape.recording.Recording;
import whisktape.statistics.Interval;

/** On the recording of {@link QueryFixture}, whose base set has 5.4 s of response time. */
final class ReporterTest {
    private static final String CHECK = """
            -- A check of somebody's own.
            -- Columns: finding, claim, at_stake_ms, low_ms, high_ms, n, value, threshold, confidence, next_step, subject_action
            """;

    @TempDir
    private Path folder;

    private Recording recording;

    @BeforeEach
    void record() {
        recording = QueryFixture.recording(folder.resolve("rec"));
    }

    @Test
    void saysHowGoodTheDataAre() {
        Quality quality = report(Window.ALL).quality();

        assertThat(quality.rows()).isEqualTo(20);
        assertThat(quality.baseSet()).isEqualTo(16);
        assertThat(quality.excluded())
                .isEqualTo(Map.of("negative_wait", 1L, "no_duration", 1L, "probe", 1L, "sequence", 1L));
        assertThat(quality.foundIn()).isEqualTo(Map.of("both", 0L, "events", 20L, "couchdb", 0L));
        assertThat(quality.unreadable()).isEqualTo(4);
        assertThat(quality.waitMs() + quality.initMs() + quality.runMs()).isEqualTo(quality.responseMs());
        assertThat(quality.from()).isEqualTo(Optional.of(Instant.parse("2026-03-14T09:14:59.895Z")));
    }

    @Test
    void looksAtAPartOfTheTimeOnly() {
        Window window = new Window(
                Optional.of(Instant.parse("2026-03-14T09:15:00Z")), Optional.of(Instant.parse("2026-03-14T09:16:00Z")));

        Quality quality = report(window).quality();

        assertThat(quality.rows())
                .isEqualTo(10)
                .isLessThan(report(Window.ALL).quality().rows());
        assertThat(quality.from().orElseThrow()).isAfterOrEqualTo(window.from().orElseThrow());
    }

    @Test
    void ranksWhatChecksFindByTheTimeAtStake() throws IOException {
        Report report = report(
                Window.ALL,
                check("a", "1500, NULL, NULL, 3, 1, 1"),
                check("b", "2000, 1900, 2100, 4, 2.5, 1"),
                check("c", "0, 0, 0, 5, 9, 1"));

        assertThat(report.findings()).extracting(Finding::query).containsExactly("b", "a", "c");
        Finding first = report.findings().get(0);
        assertThat(first.claim()).isEqualTo("it's slow");
        assertThat(first.ci95()).isEqualTo(Optional.of(new Interval(1900, 2100)));
        assertThat(first.subject()).isEqualTo(Map.of("action", "guest/resize"));
        assertThat(first.next()).isEqualTo("sleep");
        assertThat(first.n()).isEqualTo(4);
        assertThat(first.share() * report.quality().responseMs()).isCloseTo(2000, within(1e-6));
        assertThat(report.findings().get(1).ci95()).isEmpty();
    }

    @Test
    void leavesOutWhatIsBelowItsThresholdOrNotWorthALine() throws IOException {
        Report report = report(
                Window.ALL, check("below", "5000, NULL, NULL, 3, 0.9, 1"), check("little", "999, NULL, NULL, 3, 1, 1"));

        assertThat(report.findings()).isEmpty();
    }

    @Test
    void aCheckThatBreaksItsWordIsNamed() throws IOException {
        QueryFile lies = query("lies", CHECK + "SELECT 1 AS n");
        QueryFile says = query(
                "says",
                CHECK
                        + "SELECT 'x' AS finding, 'y' AS claim, 'much' AS at_stake_ms, 1 AS n, 1 AS value, 0 AS threshold");

        assertThatThrownBy(() -> report(Window.ALL, lies))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("query lies says in its header that it has a column value, and its result has none");
        assertThatThrownBy(() -> report(Window.ALL, says))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("query says is a check, and its column at_stake_ms is much, which is no number");
    }

    @Test
    void keepsTheFirstRowsOfASectionAndCountsTheOthers() throws IOException {
        QueryFile many = query("many", """
                -- Many rows.
                -- Report: R99 Many
                SELECT range AS number FROM range(25) ORDER BY number
                """);

        Section section = report(Window.ALL, many).sections().get(0);

        assertThat(section.rows()).hasSize(10).startsWith(List.of(0L)).endsWith(List.of(9L));
        assertThat(section.more()).isEqualTo(15);
        assertThat(section.header().reportTitle()).isEqualTo("Many");
    }

    @Test
    void leavesOutQueriesThatBelongToNoReport() throws IOException {
        assertThat(report(Window.ALL, query("loose", "SELECT 1 AS one")).sections())
                .isEmpty();
    }

    private Report report(Window window, QueryFile... queries) {
        try (Analysis analysis = Reporter.open(recording, window, List.of(queries), List.of())) {
            return Reporter.report(recording, analysis, List.of(queries), Map.of(), 10);
        }
    }

    private QueryFile check(String name, String figures) throws IOException {
        return query(name, CHECK + """
                SELECT 'mine' AS finding, 'it''s slow' AS claim, t.*, 'measured' AS confidence, 'sleep' AS next_step,
                  'guest/resize' AS subject_action
                FROM (VALUES (%s)) AS t (at_stake_ms, low_ms, high_ms, n, value, threshold)
                ORDER BY at_stake_ms""".formatted(figures));
    }

    private QueryFile query(String name, String sql) throws IOException {
        return QueryFile.find(
                folder, Files.writeString(folder.resolve(name + ".sql"), sql).toString());
    }
}
