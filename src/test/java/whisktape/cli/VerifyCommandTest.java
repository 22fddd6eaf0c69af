package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;

class VerifyCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderWithoutAManifestIsNothingVerified() {
        CommandRun run = CommandRun.of("verify", folder.toString());

        assertThat(run)
                .isEqualTo(new CommandRun(
                        3,
                        "cannot open the recording " + folder + ": there is no recording.json in it; a recording is the"
                                + " folder that was given to record -o\n"
                                + "not whole: 0 events in 0 segments read back\n",
                        ""));
    }

    @Test
    void aLostManifestIsAProblemInJsonToo() throws IOException {
        Path recording = recorded();
        Files.delete(recording.resolve("recording.json"));

        assertThat(CommandRun.of("verify", recording.toString(), "--json"))
                .isEqualTo(new CommandRun(
                        3,
                        "{\"ok\":false,\"segments\":0,\"rows\":0,\"problems\":[{\"segment\":null,\"what\":"
                                + "\"cannot open the recording " + recording + ": there is no recording.json in it;"
                                + " whisktape verify --repair rebuilds it from the sealed segments\"}]}\n",
                        ""));
        assertThat(CommandRun.of("info", recording.toString()).exitCode()).isEqualTo(3);
        assertThat(CommandRun.of("verify", "--repair", recording.toString()).exitCode())
                .isZero();
    }

    @Test
    void aDamagedManifestIsAProblemInJsonToo() throws IOException {
        Path recording = recorded();
        Files.writeString(recording.resolve("recording.json"), "{\"format\":1,");

        CommandRun run = CommandRun.of("verify", recording.toString(), "--json");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out()).startsWith("{\"ok\":false,").contains("it is not a manifest (");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void doesNotCountWhatIsDamagedAsRead() throws IOException {
        Path recording = recorded();
        Path segment;
        try (Stream<Path> segments = Files.list(recording.resolve("events"))) {
            segment = segments.findFirst().orElseThrow();
        }
        byte[] bytes = Files.readAllBytes(segment);
        bytes[bytes.length / 2]++;
        Files.write(segment, bytes);

        assertThat(CommandRun.of("verify", recording.toString()))
                .isEqualTo(new CommandRun(
                        3,
                        "events/" + segment.getFileName() + " is not what was sealed: its checksum differs\n"
                                + "not whole: 0 events in 0 of 1 segments read back\n",
                        ""));
    }

    @Test
    void whatCannotBeLookedAtIsAFailure() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        Files.writeString(Files.createDirectory(folder.resolve("newer")).resolve("recording.json"), "{\"format\":3}");

        assertThat(CommandRun.of("verify", folder.resolve("absent").toString(), "--json"))
                .isEqualTo(new CommandRun(
                        1,
                        "",
                        "whisktape verify: cannot open the recording " + folder.resolve("absent")
                                + ": there is no recording.json in it; the folder does not exist\n"));
        assertThat(CommandRun.of("verify", file.toString()).exitCode()).isEqualTo(1);
        assertThat(CommandRun.of("verify", folder.resolve("newer").toString()).exitCode())
                .isEqualTo(2);
    }

    private Path recorded() {
        return Fixtures.recordingOf(
                        folder.resolve("rec"), List.of(Fixtures.event(Fixtures.message(0, 0, 1_700_000_000_000L, "v"))))
                .folder();
    }
}
