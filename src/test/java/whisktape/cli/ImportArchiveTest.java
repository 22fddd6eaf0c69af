package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.sharing.ArchiveFixture;

class ImportArchiveTest {
    @TempDir
    private Path temp;

    private Path file;
    private Path target;

    @BeforeEach
    void pack() throws IOException {
        file = temp.resolve("run1.zip");
        target = temp.resolve("run2");
        Files.write(
                file,
                ArchiveFixture.of(ArchiveFixture.recording(temp.resolve("rec"))).sealed());
    }

    @Test
    void printsInJsonWhatInfoPrints() {
        CommandRun run = CommandRun.of("import", file.toString(), "-o", target.toString(), "--json");

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0, CommandRun.of("info", target.toString(), "--json").out(), ""));
        assertThat(run.out()).startsWith("{\"recording\":\"run2\",");
    }

    /** The folder that is taken tells which one it would have been. */
    @Test
    void theFolderIsNamedAsTheFileUnlessOneIsGiven() throws IOException {
        Path src = Files.copy(file, temp.resolve("src.ZIP"));

        assertThat(CommandRun.of("import", src.toString()))
                .isEqualTo(
                        new CommandRun(2, "", "whisktape import: src is there already; name another folder with -o\n"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"run1", "...zip", "..zip", ".zip", ".hidden.zip", "run1.tar"})
    void aFileWhoseNameMakesNoFolderWantsOne(String name) throws IOException {
        Path other = Files.copy(file, temp.resolve(name));

        assertThat(CommandRun.of("import", other.toString()).err())
                .startsWith(
                        "whisktape import: -o DIR is needed where the file is not named like NAME.zip, got " + other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'' | import takes either FILE.zip or --ndjson [TABLE=]FILE",
                "--ndjson events=x run1.zip -o y | import takes either FILE.zip or --ndjson [TABLE=]FILE",
                "--ndjson events=x | --ndjson needs -o DIR, the folder of the recording",
                "run1.zip -o y --no-payloads | --no-payloads goes with --ndjson, not with FILE.zip",
                "run1.zip -o y --label a=b | --label goes with --ndjson, not with FILE.zip",
                "run1.zip run2.zip | Unmatched argument at index 2: 'run2.zip'",
            })
    void wrongUsageIsSaid(String arguments, String message) {
        CommandRun run = CommandRun.of(("import " + arguments).strip().split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("whisktape import: " + message + "\n");
    }
}
