package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.EventParser;

final class ShareCommandTest {
    @TempDir
    private Path temp;

    private Path folder;
    private Path file;

    @BeforeEach
    void record() {
        folder = temp.resolve("run");
        file = temp.resolve("shared/run.zip");
        write(
                folder,
                "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},\"namespace\":\"sonnenblume\","
                        + "\"subject\":\"margarethe\",\"source\":\"controller0\"}");
        file.getParent().toFile().mkdir();
    }

    @Test
    void writesOneFileAndSaysWhatIsInIt() throws IOException {
        byte[] before = Files.readAllBytes(folder.resolve("recording.json"));

        CommandRun run = share();

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0,
                        "shared " + folder + " as " + file + ": 1 events and 0 activations, nothing kept\n",
                        "The names in it are made with a salt that nobody has: to compare it with another recording,"
                                + " share both with the same --salt-file.\n"));
        assertThat(Files.readAllBytes(folder.resolve("recording.json"))).isEqualTo(before);
        assertThat(left()).containsExactly(file);
    }

    @Test
    void saysTheSameAsJson() throws IOException {
        Path salt = Files.writeString(temp.resolve("salt"), "0123456789abcdef");

        CommandRun run = share("--salt-file", salt.toString(), "--keep", "user-ids,names", "--json");

        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out())
                .matches("\\{\"file\":\".*run.zip\",\"events\":1,\"activations\":0,\"segments\":1,\"size_bytes\":"
                        + Files.size(file) + ",\"sha256\":\"[0-9a-f]{64}\",\"kept\":\\[\"names\",\"user-ids\"]}\n");
    }

    @Test
    void givesTheSameFileForTheSameSalt() throws IOException {
        Path salt = Files.writeString(temp.resolve("salt"), "0123456789abcdef");
        Path again = temp.resolve("again.zip");
        share("--salt-file", salt.toString());

        CommandRun.of("share", folder.toString(), "-o", again.toString(), "--salt-file", salt.toString());

        assertThat(again).hasSameBinaryContentAs(file);
    }

    @Test
    void refusesAFileThatIsThere() throws IOException {
        Files.writeString(file, "precious");

        assertThat(share())
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "whisktape share: cannot share as " + file + ": it is there already; name another file\n"));
        assertThat(file).hasContent("precious");
        assertThat(left()).containsExactly(file);
    }

    @Test
    void refusesARecordingThatIsBeingRecorded() throws IOException {
        Path recorded = temp.resolve("recorded");
        try (RecordingWriter writer =
                RecordingWriter.create(recorded, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));

            assertThat(CommandRun.of("share", recorded.toString(), "-o", file.toString()))
                    .isEqualTo(new CommandRun(
                            2,
                            "",
                            "whisktape share: cannot share " + recorded
                                    + ": it is being recorded; wait for the recorder's end, or stop it by Ctrl-C\n"));
        }
        assertThat(left()).isEmpty();
    }

    @Test
    void refusesWhatItCannotUse() {
        assertThat(share("--keep", "everything").exitCode()).isEqualTo(2);
        assertThat(share("--keep", "everything").err())
                .contains("payloads", "logs", "subjects", "names", "user-ids", "keys", "headers", "labels", "note");
        assertThat(share("--salt-file", temp.resolve("none").toString()))
                .isEqualTo(new CommandRun(
                        1,
                        "",
                        "whisktape share: cannot read the salt " + temp.resolve("none") + ": there is no such file\n"));
        assertThat(CommandRun.of("share", folder.toString()).exitCode()).isEqualTo(2);
        Path within = folder.resolve("run.zip");
        assertThat(CommandRun.of("share", folder.toString(), "-o", within.toString()))
                .isEqualTo(new CommandRun(
                        2,
                        "",
                        "whisktape share: cannot share as " + within
                                + ": that is within the recording, which is not touched; name a file elsewhere\n"));
    }

    @Test
    void leavesNothingOfADamagedRecording() throws IOException {
        Path segment = folder.resolve(Recording.open(folder).segments().get(0).file());
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2]++;
        Files.write(segment, bytes);

        CommandRun run = share();

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo("whisktape share: the segment " + segment
                        + " is missing or not what was sealed; whisktape verify says what is left of the recording\n");
        assertThat(left()).isEmpty();
    }

    /** A name that must not leave stands in a caller that is to leave. */
    @Test
    void leavesNothingWhereSomethingWouldLeak() throws IOException {
        Path leaky = temp.resolve("leaky");
        write(
                leaky,
                "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},\"namespace\":\"sonnenblume\","
                        + "\"subject\":\"margarethe of sonnenblume\"}");

        CommandRun run = CommandRun.of("share", leaky.toString(), "-o", file.toString(), "--keep", "subjects");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .startsWith("whisktape share: cannot share " + leaky
                        + ": a value that was redacted elsewhere (of names) would stand in ")
                .contains("of events/events-0-00000000000000000000-00000000000000000001.parquet")
                .endsWith("; nothing was written. Name less after --keep, or also what this is if it is no secret\n")
                .doesNotContain("sonnenblume", "margarethe");
        assertThat(left()).isEmpty();
        assertThat(CommandRun.of("share", leaky.toString(), "-o", file.toString(), "--keep", "subjects,names")
                        .exitCode())
                .isZero();
    }

    /** What came now would stand in it under other names. */
    @Test
    void nobodyRecordsOnInWhatWasShared() throws IOException {
        share();
        Path unpacked = temp.resolve("unpacked");
        try (ZipFile zip = new ZipFile(file.toFile())) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                Files.createDirectories(unpacked.resolve(entry.getName()).getParent());
                Files.copy(zip.getInputStream(entry), unpacked.resolve(entry.getName()));
            }
        }

        assertThat(CommandRun.of("info", unpacked.toString()).out()).contains(", redacted\n");
        assertThatThrownBy(() ->
                        RecordingWriter.resume(unpacked, Map.of(), null, SealLimits.DEFAULT, InstantSource.system()))
                .hasMessage("cannot go on with the recording " + unpacked
                        + ": it was redacted for sharing; record into another folder");
    }

    private CommandRun share(String... more) {
        List<String> arguments = new ArrayList<>(List.of("share", folder.toString(), "-o", file.toString()));
        arguments.addAll(Arrays.asList(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** All that is in the folder of the file. */
    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(file.getParent())) {
            return files.toList();
        }
    }

    private static void write(Path folder, String value) {
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.write(new EventParser()
                    .parse(new Message(
                            1,
                            0,
                            0,
                            1000,
                            Message.TimestampType.CREATE,
                            1005,
                            null,
                            value.getBytes(StandardCharsets.UTF_8),
                            List.of())));
            writer.finish();
        }
    }
}
