package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void refusesAFolderThatIsNotEmpty() throws IOException {
        Files.writeString(folder.resolve("thesis.txt"), "mine");

        assertThat(run("demo", "-o", folder.toString())).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualTo("whisktape demo: cannot put recordings into " + folder
                        + ": it is not empty; name a new folder with -o\n");
    }

    @Test
    void refusesAFileForAFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("thesis.txt"), "mine");

        assertThat(run("demo", "-o", file.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("whisktape demo: cannot put recordings into " + file
                        + ": it is no folder; name a new one with -o\n");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
