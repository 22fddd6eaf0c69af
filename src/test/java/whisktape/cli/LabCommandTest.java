package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    Path folder;

    @Test
    void refusesAPortThatIsNone() {
        assertThat(run("lab", "--kafka-port", "65536")).isEqualTo(2);

        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).isEqualTo("""
                whisktape lab: --kafka-port got 65536; it takes 1 to 65535, or 0 for a free port
                See whisktape lab --help
                """);
    }

    @Test
    void refusesAFolderWithOtherFilesInIt() throws IOException {
        Path file = Files.writeString(folder.resolve("thesis.txt"), "mine");

        assertThat(run("lab", "--kafka-port", "0", "-o", folder.toString())).isEqualTo(2);

        assertThat(err.toString())
                .isEqualTo("whisktape lab: cannot keep a Kafka broker's data in " + folder
                        + ": it holds other files; choose a folder that is new or empty\n");
        assertThat(folder.toFile().list()).containsExactly("thesis.txt");
        assertThat(file).hasContent("mine");
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
