package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.ActivationEvent;
import whisktape.Document;
import whisktape.DocumentBuilder;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.cli.CommandRun;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;

/** Of a recording that is joined piece by piece nothing is different. */
final class PiecesTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");
    private static final long START = 1_800_000_000_000L;

    /** So that each piece begins at another event: one of 64 says where. */
    private static final int CALLS = 640;

    private static final int PIECES = 5;

    @TempDir
    private Path temp;

    @ParameterizedTest
    @ValueSource(strings = {"main", "interrupted"})
    void ofARealOpenWhisk(String sample) {
        Path folder = temp.resolve("run");
        CommandRun imported = CommandRun.of(
                "import",
                "--ndjson",
                "events=" + SAMPLES.resolve(sample).resolve("events.jsonl.gz") + ",activations="
                        + SAMPLES.resolve(sample).resolve("activations.jsonl.gz"),
                "-o",
                folder.toString());
        assertThat(imported.exitCode()).isZero();

        assertSame(Recording.open(folder));
    }

    @Test
    void ofASimulation() throws Exception {
        Path folder = temp.resolve("run");
        SimulationRecording.write(folder, SimulationPlan.ofEachBottleneck().lasting(Duration.ofMinutes(6)), 3);

        assertSame(Recording.open(folder));
    }

    /** Clocks that differ by a piece, or by more than there is. */
    @ParameterizedTest
    @CsvSource({"0", "130000", "-130000", "100000000"})
    void ofEventsThatAreFarFromTheirDocuments(long skewMs) {
        List<Event> events = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < CALLS; i++) {
            String id = "call" + i;
            long end = START + 1000L * i;
            if (i % 5 != 1) {
                events.add(new ActivationEvent(id, "guest/hello")
                        .ran(end + skewMs, 10L + i)
                        .at(events.size()));
            }
            if (i % 7 != 1) {
                documents.add(
                        new DocumentBuilder(id, "guest/hello").ran(end, 10 + i).document());
            }
            if (i % 50 == 0) {
                // Sent again an hour later, without an id, and without a time.
                events.add(new ActivationEvent(id, "guest/hello")
                        .ran(end + 3_600_000, 5L)
                        .at(events.size()));
                events.add(new ActivationEvent(null, "guest/hello").ran(end, 5L).at(events.size()));
                documents.add(new DocumentBuilder(id, "guest/hello")
                        .ran(end + 3_600_000, 7)
                        .document());
            }
        }
        Fixtures.recordingOf(temp.resolve("run"), events);

        assertSame(RecordedDocuments.add(temp.resolve("run"), documents));
    }

    /** What was made of them goes again from nearly all of the first piece, which leaves holes in the table of all calls. */
    @Test
    void ofManyDocumentsThatEndInAnotherPieceThanTheirEvents() {
        List<Event> events = new ArrayList<>();
        List<Document> documents = new ArrayList<>();
        for (int i = 0; i < 10 * CALLS; i++) {
            String id = "call" + i;
            long end = START + 1000L * i;
            boolean isFar = i < 7 * CALLS && i % 100 > 0;
            events.add(new ActivationEvent(id, "guest/hello").ran(end, 10L + i).at(i));
            documents.add(new DocumentBuilder(id, "guest/hello")
                    .ran(isFar ? end + 10_000_000 : end, 10 + i)
                    .document());
        }
        Fixtures.recordingOf(temp.resolve("run"), events);

        assertSame(RecordedDocuments.add(temp.resolve("run"), documents));
    }

    private static void assertSame(Recording recording) {
        String sql;
        List<List<Object>> expected;
        try (Analysis whole = Analysis.open(recording)) {
            try (Rows rows = whole.query("SELECT * FROM invocations LIMIT 0")) {
                sql = "SELECT "
                        + String.join(
                                ", ", rows.columns().stream().map(Column::name).toList())
                        + " FROM invocations ORDER BY activation_id, event_incarnation, event_partition, event_offset, change_number";
            }
            expected = rows(whole, sql);
        }
        try (Analysis pieces = DuckAnalysis.openFor(List.of(sql), recording, Window.ALL, PIECES)) {
            assertThat(rows(pieces, sql)).isEqualTo(expected);
        }
    }

    private static List<List<Object>> rows(Analysis analysis, String sql) {
        try (Rows rows = analysis.query(sql)) {
            List<List<Object>> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }
}
