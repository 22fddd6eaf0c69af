package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.DocumentFixtures.documents;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DatabasePosition;
import whisktape.Fixtures;
import whisktape.Position;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

class MergeCommandTest {
    @TempDir
    private Path temp;

    private int recordings;

    @Test
    void saysWhatBecameOfThem() {
        Path one = recording("a", 0, 10);
        Path other = recording("b", 5, 20);

        CommandRun run = merge(one, other);

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        "merged 2 recordings into " + temp.resolve("merged")
                                + ": 20 events and 20 activations; 10 rows more were in several of them\n",
                        "label run is b in the recording that began last, and so in the new one; before it was a\n"));
        assertThat(CommandRun.of("verify", temp.resolve("merged").toString()).exitCode())
                .isZero();
    }

    @Test
    void saysWhatIsMissingBetweenThem() {
        CommandRun run = merge(recording("a", 0, 10), recording("a", 15, 20), "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("missing between the recordings: offsets 10 to 14 of partition 0\n"
                        + "missing between the recordings: documents before change 11\n");
        assertThat(run.out())
                .contains("\"gaps\":[{\"table\":\"events\",\"partition\":0,\"from_offset\":10,\"until_offset\":15,"
                        + "\"reason\":\"between two recordings\"},");
    }

    @Test
    void ownLabelsAndNoteCount() {
        CommandRun run = merge(recording("a", 0, 10), recording("b", 10, 20), "--label", "run=c", "--note", "mine");

        assertThat(run.err()).doesNotContain("label run");
        assertThat(CommandRun.of("info", temp.resolve("merged").toString(), "--json")
                        .out())
                .contains("\"labels\":{\"run\":\"c\"}");
    }

    @Test
    void refusesOneRecordingAndTheSameOneTwice() {
        Path one = recording("a", 0, 10);

        assertThat(CommandRun.of(
                                "merge",
                                one.toString(),
                                "-o",
                                temp.resolve("merged").toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(merge(one, one.resolve("../" + one.getFileName())).err())
                .contains("is named twice; a recording has nothing to add to itself");
        assertThat(merge(one, temp.resolve("none")).exitCode()).isEqualTo(1);
        assertThat(merge(one, recording("a", 10, 12), "-o", one.toString()).exitCode())
                .isEqualTo(2);
        assertThat(temp.resolve("merged")).doesNotExist();
    }

    private CommandRun merge(Path one, Path other, String... more) {
        List<String> arguments = List.of(more).contains("-o")
                ? List.of("merge", one.toString(), other.toString())
                : List.of(
                        "merge",
                        one.toString(),
                        other.toString(),
                        "-o",
                        temp.resolve("merged").toString());
        return CommandRun.of(Stream.concat(arguments.stream(), Stream.of(more)).toArray(String[]::new));
    }

    /** Events of these offsets, and as many documents. */
    private Path recording(String run, long from, long until) {
        Path folder = temp.resolve("part" + recordings);
        long created = recordings++ * 1000L;
        try (RecordingWriter writer = RecordingWriter.create(
                folder, Map.of("run", run), null, SealLimits.DEFAULT, () -> Instant.ofEpochMilli(created))) {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, from)));
            writer.begin(Optional.of("s"), "db", new DatabasePosition(1, Optional.of("5"), "at " + from));
            LongStream.range(from, until)
                    .forEach(offset -> writer.write(Fixtures.event(Fixtures.message(0, offset, offset, "{}"))));
            writer.write(documents(from, until), Optional.of("at " + until));
            writer.finish();
        }
        return folder;
    }
}
