package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.QueryFixture;

final class AnalyzeCommandTest {
    @TempDir
    static Path folder;

    private static String recording;

    @BeforeAll
    static void record() {
        recording = folder.resolve("rec").toString();
        QueryFixture.recording(Path.of(recording));
    }

    @Test
    void runsSqlOnTheEvents() {
        CommandRun run = CommandRun.of(
                "analyze",
                recording,
                "--sql",
                "SELECT kind, count(*) AS n, max(event_time) AS last FROM events WHERE kind IS NOT NULL"
                        + " GROUP BY kind ORDER BY n DESC");

        assertThat(run).isEqualTo(new CommandRun(0, """
                        kind          n  last
                        -----------  --  ------------------------
                        nodejs:20    14  2026-03-14T09:18:00.110Z
                        python:3.11   4  2026-03-14T09:16:03.110Z
                        sequence      1  2026-03-14T09:16:07.110Z
                        """, ""));
    }

    /** What a report makes depends on the words of its questions, wherever these stand. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "count(*) > 0 where /* don't */ gap_ms > 5 and class = 'single'",
                "count(*) > 0 where /* don't */ (select count(*) from message_texts) > 0 and class = 'single'",
                "count(*) > 0 where class = (select 'single' as \"it's\") and gap_ms > 5 and kind <> 'x'",
                "max(COLUMNS('gap_ms')) > 5",
                "max(GAP_MS) > 5"
            })
    void aConditionMayNameItsColumnsAnywhere(String condition) {
        CommandRun run = CommandRun.of("analyze", recording, "--findings", "--fail-if", condition);

        assertThat(run.err()).contains("crossed");
        assertThat(run.exitCode()).isEqualTo(10);
    }

    @Test
    void refusesAMisspeltColumnOfAConditionBeforeAnythingIsPrinted() {
        CommandRun run = CommandRun.of("analyze", recording, "--fail-if", "p99(respons_ms) > 2000");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("respons_ms");
    }

    @Test
    void runsAQueryByItsName() {
        CommandRun run = CommandRun.of("analyze", recording, "status-codes-by-action");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("action            activations  success  application_error");
    }

    @Test
    void runsAQueryOfTheUsersOwn() throws IOException {
        Path file = Files.writeString(folder.resolve("my query.sql"), "-- mine\nSELECT 1 AS one; -- end\n");

        CommandRun run = CommandRun.of("analyze", recording, file.toString(), "--format", "csv");

        assertThat(run).isEqualTo(new CommandRun(0, "one\n1\n", ""));
    }

    @Test
    void runsSeveralQueriesEachWithItsQuestion() {
        CommandRun run = CommandRun.of("analyze", recording, "unreadable-events", "events-by-minute");

        assertThat(run.out())
                .startsWith("unreadable-events: what could not be read")
                .contains("\n\nevents-by-minute: what happened when");
    }

    @Test
    void severalQueriesAreForTheEyeOnly() {
        CommandRun run =
                CommandRun.of("analyze", recording, "unreadable-events", "events-by-minute", "--format", "json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("whisktape analyze: --format json takes one QUERY, and these are several\n");
    }

    @Test
    void listsItsQueriesWithoutARecording() {
        CommandRun run = CommandRun.of("analyze", "--list", "--format", "csv");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .startsWith("query,report,answers\n")
                .contains("wait-time-by-action,R04,\"which actions wait longest before they run, and how often do they"
                        + " start cold?\"\n")
                .doesNotContain("views");
    }

    @Test
    void showsTheSqlAndRunsNothing() throws IOException {
        CommandRun run = CommandRun.of("analyze", "not there", "wait-time-by-action", "--show-sql");

        assertThat(run).isEqualTo(new CommandRun(0, Files.readString(Path.of("queries/wait-time-by-action.sql")), ""));
    }

    @Test
    void withoutARecordingIsWrongUsage() {
        CommandRun run = CommandRun.of("analyze", "--sql", "SELECT 1");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("whisktape analyze: name a recording");
    }

    @Test
    void aQueryAndSqlTogetherAreWrongUsage() {
        CommandRun run = CommandRun.of("analyze", recording, "events-by-minute", "--sql", "SELECT 1");

        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aQueryThatIsNotThereIsWrongUsage() {
        CommandRun run = CommandRun.of("analyze", recording, "cold-stars");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "whisktape analyze: there is no query cold-stars, neither in ./queries nor as a file;"
                                + " whisktape analyze --list shows the queries\n"));
    }

    @Test
    void writesThePageBesideTheReport() {
        Path page = folder.resolve("report.html");

        CommandRun run = CommandRun.of("analyze", recording, "--html", page.toString());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).startsWith("Recording rec");
        assertThat(run.err()).isEqualTo("The page is in " + page + "\n");
        assertThat(page).content().startsWith("<!DOCTYPE html>").contains("\"query\":\"load-by-window\"");
    }

    @Test
    void aPageIsOfTheReportOnly() {
        CommandRun run = CommandRun.of("analyze", recording, "--sql", "SELECT 1", "--html", "report.html");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("whisktape analyze: --html is of the report, which runs without QUERY");
    }

    @Test
    void wrongSqlIsWrongUsage() {
        CommandRun run = CommandRun.of("analyze", recording, "--sql", "SELECT offset FROM events");

        assertThat(run).isEqualTo(new CommandRun(2, "", """
                        whisktape analyze: cannot run the query: Parser Error: syntax error at or near "FROM"
                        LINE 1: SELECT offset FROM events
                                              ^^^^
                        offset is a word of SQL itself: write e.offset, with events named e as in FROM events e
                        """));
    }

    @Test
    void sqlThatWritesIsRefused() {
        CommandRun run =
                CommandRun.of("analyze", recording, "--sql", "COPY events TO '" + folder.resolve("out.csv") + "'");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("whisktape analyze: a recording is only read: ");
        assertThat(folder.resolve("out.csv")).doesNotExist();
    }

    @Test
    void wrongFormatSaysWhichThereAre() {
        CommandRun run = CommandRun.of("analyze", recording, "--sql", "SELECT 1", "--format", "xml");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("whisktape analyze: Invalid value for option '--format': 'xml' is not a format;"
                        + " it takes table, csv, json or markdown\n");
    }

    @Test
    void aFolderThatIsNoRecordingIsAFailure() {
        Path events = Path.of(recording).resolve("events");

        CommandRun run = CommandRun.of("analyze", events.toString(), "--sql", "SELECT 1");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("whisktape analyze: cannot open the recording " + events);
    }
}
