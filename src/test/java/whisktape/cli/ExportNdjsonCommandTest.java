package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.DocumentFixtures.document;
import static whisktape.DocumentFixtures.documents;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Fixtures;
import whisktape.Gap;
import whisktape.Message;
import whisktape.OddDocuments;
import whisktape.OddMessages;
import whisktape.Position;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.RecordedRows;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.recording.Segment;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

class ExportNdjsonCommandTest {
    private static final Path SAMPLES = Path.of("src/test/resources/samples");

    @TempDir
    private Path temp;

    private Path folder;
    private Path again;

    @BeforeEach
    void nameFolders() {
        folder = temp.resolve("one/recording");
        again = temp.resolve("two/recording");
    }

    @ParameterizedTest
    @ValueSource(strings = {"main", "interrupted"})
    void theSamplesComeBackFromOneFile(String sample) {
        Path files = SAMPLES.resolve(sample);
        run(
                "import",
                "--ndjson",
                "events=" + files.resolve("events.jsonl.gz") + ",activations=" + files.resolve("activations.jsonl.gz"),
                "--label",
                "commit=abc",
                "--note",
                "a note",
                "-o",
                folder.toString());

        assertComesBack("export.ndjson");
    }

    @Test
    void withoutPayloadsWhatWasReadInThemComesBack() {
        Path files = SAMPLES.resolve("main");
        run(
                "import",
                "--ndjson",
                "activations=" + files.resolve("activations.jsonl.gz"),
                "--no-payloads",
                "-o",
                folder.toString());

        assertComesBack("export.ndjson.gz");
    }

    @Test
    void aSimulationComesBack() {
        SimulationRecording.write(folder, SimulationPlan.calm(), 7);

        assertComesBack("events=events.gz", "activations=documents.ndjson");
        assertThat(temp.resolve("documents.ndjson")).content().doesNotContain("\"read\"");
    }

    @Test
    void oddMessagesComeBackByteForByte() {
        EventParser parser = new EventParser();
        try (RecordingWriter writer = writer(Map.of())) {
            writer.begin("cluster", "events", new Position(1, Optional.of("id"), Map.of(0, 0L)));
            long offset = 0;
            for (OddMessages.Odd odd : OddMessages.all().values()) {
                writer.write(parser.parse(new Message(
                        1,
                        0,
                        offset,
                        offset % 3 == 0 ? Message.NO_TIMESTAMP : Long.MAX_VALUE - offset,
                        offset % 3 == 0
                                ? Message.TimestampType.NONE
                                : offset % 3 == 1 ? Message.TimestampType.CREATE : Message.TimestampType.APPEND,
                        offset * 7,
                        odd.key(),
                        odd.value(),
                        odd.headers())));
                offset += 2;
            }
            writer.finish();
        }

        assertComesBack("export.ndjson");
    }

    @Test
    void oddDocumentsComeBackByteForByte() {
        try (RecordingWriter writer = writer(Map.of())) {
            writer.begin(Optional.of("server"), "db", new DatabasePosition(1, Optional.of("5"), "0"));
            DocumentParser parser = new DocumentParser();
            List<Document> all = new ArrayList<>();
            OddDocuments.all()
                    .values()
                    .forEach(text -> all.add(parser.parse(
                            1,
                            all.size() % 2 == 0 ? null : "7-\"odd\"\n",
                            all.size(),
                            all.size() % 3 == 0 ? null : "id\u0000" + all.size(),
                            all.size() % 5 == 0 ? null : "1-a",
                            all.size() % 7 == 0,
                            text)));
            all.add(parser.parse(1, "8-x", 1, "a/b", "2-b", true, null));
            all.add(parser.parse(1, "9-x", 1, "a/c", null, false, null));
            writer.write(all, Optional.of("9-y"));
            writer.finish();
        }

        assertComesBack("export.ndjson");
    }

    @Test
    void livesPartitionsGapsAndSegmentsComeBack() {
        SealLimits small = new SealLimits(SealLimits.DEFAULT.age(), 1, 1);
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of("a", "b"), "note\n\"two\"", small, InstantSource.system())) {
            writer.begin("cluster", "topic.a", new Position(1, Optional.of("one"), Map.of(0, 5L, 3, 0L)));
            writer.begin(Optional.of("server"), "db", new DatabasePosition(1, Optional.of("5"), "0"));
            for (long offset = 10; offset < 15; offset++) {
                writer.write(Fixtures.event(Fixtures.message(0, offset, 1000 + offset, "value " + offset)));
                writer.write(Fixtures.event(Fixtures.message(3, offset - 10, 1000 + offset, "value")));
            }
            writer.gap(new Gap(1, 3, 5, 9L, Gap.RETENTION));
            writer.write(Fixtures.event(Fixtures.message(3, 9, 1, "behind the gap")));
            writer.gap(new Gap(1, 0, 15, null, Gap.RECREATED));
            writer.beginLife(new Position(2, Optional.of("two"), Map.of(0, 0L)));
            writer.write(Fixtures.event(new Message(
                    2,
                    0,
                    0,
                    1,
                    Message.TimestampType.CREATE,
                    2,
                    null,
                    "again".getBytes(StandardCharsets.UTF_8),
                    List.of())));
            writer.write(documents(1, 40), Optional.of("40-x"));
            writer.write(documents(20, 60), Optional.of("60-x"));
            writer.gap("database was deleted");
            writer.beginLife(new DatabasePosition(2, Optional.of("6"), "0"));
            writer.write(List.of(document(2, 1, "{}")), Optional.of("1-z"));
            writer.sealAll();
        }

        assertComesBack("export.ndjson");
        assertThat(Recording.open(again)
                        .manifest()
                        .databasePosition()
                        .orElseThrow()
                        .since())
                .isEqualTo("1-z");
    }

    @Test
    void aRecordingWithoutRowsComesBack() {
        try (RecordingWriter writer = writer(Map.of("empty", "yes"))) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 17L)));
            writer.finish();
        }

        exportAndImport("export.ndjson");

        assertThat(info(again)).isEqualTo(info(folder));
        assertThat(temp.resolve("export.ndjson"))
                .content()
                .startsWith("{\"recording\":{")
                .hasLineCount(1);
    }

    @Test
    void aTableMayComeBackAlone() {
        mixed();

        run(
                "export",
                folder.toString(),
                "ndjson",
                "-o",
                temp.resolve("both.ndjson").toString());
        run("import", "--ndjson", "activations=" + temp.resolve("both.ndjson"), "-o", again.toString());

        assertThat(Recording.open(again).manifest().kafka()).isNull();
        assertThat(rows(again, Segment.ACTIVATIONS))
                .isEqualTo(rows(folder, Segment.ACTIVATIONS))
                .hasSize(3);
        assertThat(run("verify", again.toString()).exitCode()).isZero();
    }

    @Test
    void linesAreThoseOfKcatAndOfTheChangesFeed() {
        mixed();

        CommandRun run = CommandRun.of("export", folder.toString(), "ndjson", "-o", "events=-");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEqualTo("2 lines are in -\n");
        assertThat(run.out().lines().skip(1))
                .containsExactly(
                        "{\"topic\":\"events\",\"partition\":0,\"offset\":1,\"tstype\":\"create\",\"ts\":101,\"key\":null,"
                                + "\"payload\":\"{}\",\"recorded_at_ms\":106,\"incarnation\":1,\"read\":{\"envelope\":{},"
                                + "\"metric\":{\"name\":\"TimedRateLimit\",\"value\":1}}}");
    }

    @Test
    void aPieceOfAnExportIsImportedAsADump() throws IOException {
        mixed();
        Path file = temp.resolve("events.ndjson");
        run("export", folder.toString(), "ndjson", "-o", "events=" + file);
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
        Files.write(file, lines.subList(1, 2));

        run("import", "--ndjson", "events=" + file, "-o", again.toString());

        assertThat(rows(again, Segment.EVENTS))
                .isEqualTo(rows(folder, Segment.EVENTS).subList(1, 2));
    }

    @Test
    void anExportThatIsNotWholeIsRefusedAndLeavesNothing() throws IOException {
        mixed();
        Path file = temp.resolve("export.ndjson");
        run("export", folder.toString(), "ndjson", "-o", file.toString());
        List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);

        for (List<String> broken : List.of(
                lines.subList(0, 4),
                Stream.concat(lines.stream(), lines.stream().skip(4)).toList(),
                List.of(lines.get(0), lines.get(0), lines.get(2), lines.get(3), lines.get(4)),
                List.of(lines.get(0), lines.get(2), lines.get(3), lines.get(4)))) {
            Files.write(file, broken);
            CommandRun run = CommandRun.of("import", "--ndjson", file.toString(), "-o", again.toString());

            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.err())
                    .startsWith("whisktape import: cannot import line ")
                    .hasLineCount(1);
            assertThat(again.getParent()).isEmptyDirectory();
        }
    }

    @Test
    void refusesADumpOfWhichNobodySaysWhatItIs() {
        Path dump = SAMPLES.resolve("main/events.jsonl.gz");

        CommandRun run = CommandRun.of("import", "--ndjson", dump.toString(), "-o", again.toString());

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("does not begin as what whisktape export writes; say what is in it by events=FILE");
    }

    @Test
    void asksForTheForm() {
        assertThat(CommandRun.of("export", "recordings/sample").err())
                .startsWith("whisktape export: name a form behind the recording: ndjson");
        assertThat(CommandRun.of("export", "recordings/sample", "ndjson").exitCode())
                .isEqualTo(2);
        assertThat(CommandRun.of("export", "ndjson", "-o", "x").exitCode()).isEqualTo(2);
    }

    /** Two events and three documents. */
    private void mixed() {
        try (RecordingWriter writer = writer(Map.of())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.begin(Optional.empty(), "db", new DatabasePosition(1, Optional.of("5"), "0"));
            writer.write(Fixtures.event(Fixtures.message(0, 0, 100, null)));
            writer.write(Fixtures.event(Fixtures.message(0, 1, 101, "{}")));
            writer.write(documents(1, 4), Optional.of("3-x"));
            writer.finish();
        }
    }

    private RecordingWriter writer(Map<String, String> labels) {
        return RecordingWriter.create(folder, labels, null, SealLimits.DEFAULT, InstantSource.system());
    }

    private void assertComesBack(String... files) {
        exportAndImport(files);

        assertThat(info(again)).isEqualTo(info(folder));
        for (String table : List.of(Segment.EVENTS, Segment.ACTIVATIONS)) {
            assertThat(rows(again, table)).isEqualTo(rows(folder, table));
        }
        assertThat(Recording.open(again).manifest())
                .usingRecursiveComparison()
                .ignoringFields("segments")
                .isEqualTo(Recording.open(folder).manifest());
        assertThat(run("verify", again.toString(), "--json").out())
                .isEqualTo(run("verify", folder.toString(), "--json").out());
        assertThat(temp.resolve("two"))
                .isDirectoryContaining("glob:**/recording")
                .isDirectoryNotContaining("glob:**/.*");
    }

    private void exportAndImport(String... files) {
        List<String> named = Stream.of(files)
                .map(file -> file.contains("=")
                        ? file.replace("=", "=" + temp + "/")
                        : temp.resolve(file).toString())
                .toList();
        String all = String.join(",", named);

        assertThat(CommandRun.of("export", folder.toString(), "ndjson", "-o", all)
                        .exitCode())
                .isZero();
        CommandRun imported = CommandRun.of("import", "--ndjson", all, "-o", again.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
    }

    /** But for the size in bytes, which may differ by how rows fell into row groups. */
    private static String info(Path folder) {
        return run("info", folder.toString(), "--json").out().replaceAll("\"size_bytes\":\\d+", "");
    }

    private static List<String> rows(Path folder, String table) {
        return RecordedRows.of(Recording.open(folder), table);
    }

    private static CommandRun run(String... args) {
        return CommandRun.of(args);
    }
}
