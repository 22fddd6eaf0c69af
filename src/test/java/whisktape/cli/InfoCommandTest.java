package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DocumentBody;
import whisktape.DocumentFixtures;
import whisktape.Fixtures;
import whisktape.Gap;
import whisktape.Message;
import whisktape.Position;
import whisktape.QueryFixture;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

final class InfoCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-01-05T09:15:00Z"));
    private static final long START_MS =
            Instant.parse("2026-01-05T09:15:02.113Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void printsTheFieldsOfTheContract() {
        String recording = recordingWithGaps();

        CommandRun run = CommandRun.of("info", recording, "--json");

        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()
                        .replaceFirst("\"size_bytes\":\\d+", "\"size_bytes\":0")
                        .replaceFirst("\"tool\":\"[^\"]+\"", "\"tool\":\"x\""))
                .isEqualTo("""
                        {"recording":"run1","format":2,"state":"complete","tool":"x",\
                        "created":"2026-01-05T09:15:00.000Z",\
                        "span":{"from":"2026-01-05T09:15:02.113Z","until":"2026-01-05T09:25:01.113Z"},\
                        "events":{"rows":3,"activation":0,"metric":0,"unreadable":3,"duplicates":0,\
                        "partitions":{"0":{"from_offset":100,"next_offset":341},"1":{"from_offset":7,"next_offset":7}}},\
                        "activations":{"rows":0,"deleted":0,"unreadable":0,"record":0,"design":0,"duplicates":0},\
                        "gaps":[{"table":"events","partition":0,"from_offset":102,"until_offset":340,"reason":"deleted by retention"},\
                        {"table":"events","partition":1,"from_offset":7,"until_offset":null,"reason":"topic was deleted and created again"}],\
                        "segments":2,"size_bytes":0,"labels":{"commit":"abc"},"redacted":false}
                        """);
    }

    @Test
    void printsACardForTheEye() {
        CommandRun run = CommandRun.of("info", recordingWithGaps());

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().replaceFirst("size .*", "size").replaceFirst("whisktape \\S+,", "whisktape x,"))
                .isEqualTo("""
                        recording   run1, complete
                        created     2026-01-05T09:15:00.000Z by whisktape x, format 2
                        span        2026-01-05T09:15:02.113Z until 2026-01-05T09:25:01.113Z (9 min 59 s)
                        source      topic events of Kafka cluster fixture-cluster
                        events      3: 0 activation, 0 metric, 3 unreadable; 0 of them duplicates
                        partition 0 offsets 100 until 341
                        partition 1 offsets 7 until 7
                        gap         partition 0: offsets 102 until 340, 238 events: deleted by retention
                        gap         partition 1: from offset 7, nobody knows how many: topic was deleted and created again
                        size
                        label       commit=abc
                        note        a\\nnote
                        """);
    }

    @Test
    void tellsOfBothTables() {
        String recording = recordingOfBothTables();

        assertThat(CommandRun.of("info", recording, "--json").out())
                .contains(
                        "\"span\":{\"from\":\"1970-01-01T00:00:01.000Z\",\"until\":\"2026-01-05T09:15:02.113Z\"}",
                        "\"events\":{\"rows\":1,\"activation\":0,\"metric\":0,\"unreadable\":1,\"duplicates\":0,"
                                + "\"partitions\":{\"0\":{\"from_offset\":100,\"next_offset\":101}}}",
                        "\"activations\":{\"rows\":5,\"deleted\":1,\"unreadable\":1,\"record\":2,\"design\":1,"
                                + "\"duplicates\":1}",
                        "\"gaps\":[{\"table\":\"activations\",\"partition\":null,\"from_offset\":null,"
                                + "\"until_offset\":null,\"reason\":\"database was deleted\"}]");
        assertThat(CommandRun.of("info", recording)
                        .out()
                        .replaceAll("created.*\n", "")
                        .replaceAll("size.*", "size"))
                .isEqualTo("""
                        recording   run1, complete
                        span        1970-01-01T00:00:01.000Z until 2026-01-05T09:15:02.113Z (491001 h 15 min 01 s)
                        source      topic events of Kafka cluster fixture-cluster
                        events      1: 0 activation, 0 metric, 1 unreadable; 0 of them duplicates
                        partition 0 offsets 100 until 101
                        source      database test_activations of CouchDB server fixture-couchdb
                        activations 5: 2 records, 1 deleted, 1 design documents, 1 unreadable
                        gap         database: documents before change 6: database was deleted
                        size
                        """);
    }

    @Test
    void verifySpeaksOfBothTables() {
        CommandRun run = CommandRun.of("verify", recordingOfBothTables());

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).isEqualTo("""
                        gap: documents before change 6 may be missing: database was deleted
                        1 events are unreadable; column unreadable_reason says why
                        1 documents are unreadable; column unreadable_reason says why
                        not whole: 1 events and 5 activations in 2 segments read back
                        """);
        assertThat(CommandRun.of("verify", folder.resolve("run1").toString(), "--json")
                        .out())
                .startsWith("{\"ok\":false,\"segments\":2,\"rows\":6,");
    }

    @Test
    void countsEachKindOfEvent() {
        QueryFixture.recording(folder.resolve("rec"));

        assertThat(CommandRun.of("info", folder.resolve("rec").toString(), "--json")
                        .out())
                .contains("\"events\":{\"rows\":27,\"activation\":20,\"metric\":3,\"unreadable\":4,\"duplicates\":0,"
                        + "\"partitions\":{\"0\":{\"from_offset\":100,\"next_offset\":127}}}");
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, 253402300800000L})
    void aTimeThatNoCalendarHasIsNoSpan(long absurdMs) {
        Fixtures.recording(folder.resolve("rec"), List.of(Fixtures.message(0, 0, absurdMs, "x")));

        assertThat(CommandRun.of("info", folder.resolve("rec").toString(), "--json")
                        .out())
                .contains("\"span\":{\"from\":null,\"until\":null}");
        assertThat(CommandRun.of("info", folder.resolve("rec").toString()).out())
                .contains("span        no event has a time\n");
    }

    @Test
    void whereOneEndHasNoDateTheOtherIsToldAllTheSame() {
        long timeMs = Instant.parse("2026-01-05T09:15:00Z").toEpochMilli();
        Fixtures.recording(
                folder.resolve("rec"),
                List.of(Fixtures.message(0, 0, timeMs, "x"), Fixtures.message(0, 1, Long.MAX_VALUE, "x")));

        assertThat(CommandRun.of("info", folder.resolve("rec").toString()).out())
                .contains("span        2026-01-05T09:15:00.000Z until a time that no calendar has\n");
    }

    @Test
    void nothingIsWiderThan100Columns() {
        try (RecordingWriter writer = RecordingWriter.create(
                folder.resolve("rec"),
                Map.of("long", "x".repeat(300)),
                "many words ".repeat(40),
                SealLimits.DEFAULT,
                CLOCK)) {
            writer.begin("c", "events", new Position(1, Optional.empty(), Map.of()));
            writer.finish();
        }

        CommandRun run = CommandRun.of("info", folder.resolve("rec").toString());

        assertThat(run.out().lines()).allMatch(line -> line.length() <= 100);
        assertThat(run.out().replaceAll("\\s", "")).contains("x".repeat(300)).contains("manywords".repeat(40));
    }

    @Test
    void aRecorderThatWasKilledLeavesAnInterruptedRecording() {
        try (RecordingWriter writer =
                RecordingWriter.create(folder.resolve("rec"), Map.of(), null, SealLimits.DEFAULT, CLOCK)) {
            writer.begin("c", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));

            assertThat(CommandRun.of("info", folder.resolve("rec").toString()).out())
                    .startsWith("recording   rec, recording\n");
        }
        assertThat(CommandRun.of("info", folder.resolve("rec").toString()).out())
                .startsWith("recording   rec, interrupted\n");
    }

    @Test
    void aFolderWithoutARecordingIsAFailure() {
        CommandRun run = CommandRun.of("info", folder.toString());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("whisktape info: cannot open the recording " + folder);
    }

    @Test
    void aDamagedManifestIsDamage() throws IOException {
        Files.writeString(folder.resolve("recording.json"), "{\"format\":1,");

        assertThat(CommandRun.of("info", folder.toString()).exitCode()).isEqualTo(3);
    }

    private String recordingWithGaps() {
        Path recording = folder.resolve("run1");
        try (RecordingWriter writer =
                RecordingWriter.create(recording, Map.of("commit", "abc"), "a\nnote", SealLimits.DEFAULT, CLOCK)) {
            writer.begin(Fixtures.CLUSTER, Fixtures.TOPIC, new Position(1, Optional.empty(), Map.of(0, 100L, 1, 7L)));
            writer.write(Fixtures.unread(message(100, START_MS)));
            writer.write(Fixtures.unread(message(101, START_MS + 10)));
            writer.gap(new Gap(1, 0, 102, 340L, Gap.RETENTION));
            writer.gap(new Gap(1, 1, 7, null, Gap.RECREATED));
            writer.write(Fixtures.unread(message(340, START_MS + 599_000)));
            writer.finish();
        }
        return recording.toString();
    }

    private String recordingOfBothTables() {
        Path recording = folder.resolve("run1");
        try (RecordingWriter writer = RecordingWriter.create(recording, Map.of(), null, SealLimits.DEFAULT, CLOCK)) {
            writer.begin(Fixtures.CLUSTER, Fixtures.TOPIC, new Position(1, Optional.empty(), Map.of(0, 100L)));
            writer.begin(DocumentFixtures.SERVER, DocumentFixtures.DATABASE, DocumentFixtures.START);
            writer.write(Fixtures.unread(message(100, START_MS)));
            writer.write(
                    List.of(
                            DocumentFixtures.document(0),
                            DocumentFixtures.document(1),
                            DocumentFixtures.document(1),
                            DocumentFixtures.deleted(DocumentFixtures.document(2), new DocumentBody.Tombstone()),
                            DocumentFixtures.document(1, 3, "{}", new DocumentBody.Design()),
                            DocumentFixtures.unreadable("no JSON")),
                    Optional.of("6-x"));
            writer.gap("database was deleted");
            writer.finish();
        }
        return recording.toString();
    }

    private static Message message(long offset, long timestampMs) {
        return Fixtures.message(0, offset, timestampMs, "v");
    }
}
