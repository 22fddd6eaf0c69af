package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.Version;

final class PlainLineTest {
    private static final String SAMPLE = "recordings/sample";

    static Stream<List<String>> plainLines() {
        return Stream.of(
                List.of("--version"),
                List.of("info", SAMPLE),
                List.of("info", SAMPLE, "--json"),
                List.of("info", "--json", SAMPLE),
                List.of("info", "no-such-recording"),
                List.of("analyze", SAMPLE, "--sql", "SELECT action, status_code FROM activations ORDER BY ALL LIMIT 3"),
                List.of("analyze", "--sql", "SELECT 1 AS one", SAMPLE),
                List.of("analyze", "--sql", "SELECT nonsense FROM invocation", SAMPLE),
                List.of("analyze", "--sql", "DROP VIEW events", SAMPLE));
    }

    @ParameterizedTest
    @MethodSource("plainLines")
    void doesWhatPicocliDoes(List<String> line) {
        String[] args = line.toArray(String[]::new);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();

        int exitCode = Main.parse(new PrintWriter(out, true), new PrintWriter(err, true), args);

        assertThat(PlainLine.of(args)).isPresent();
        assertThat(CommandRun.of(args)).isEqualTo(new CommandRun(exitCode, out.toString(), err.toString()));
    }

    static Stream<List<String>> otherLines() {
        return Stream.of(
                List.of(),
                List.of("info"),
                List.of("info", "--help"),
                List.of("info", "@arguments"),
                List.of("info", SAMPLE, "--jsn"),
                List.of("info", "-q", SAMPLE),
                List.of("analyze", SAMPLE, "--sql", "--help"),
                List.of("analyze", SAMPLE, "--sql", ""),
                List.of("analyze", SAMPLE, "queries", "--sql"),
                List.of("verify", SAMPLE));
    }

    @ParameterizedTest
    @MethodSource("otherLines")
    void leavesEverythingElseToPicocli(List<String> line) {
        assertThat(PlainLine.of(line.toArray(String[]::new))).isEmpty();
    }

    @Test
    void theVersionOfKafkasClientIsItsOwn() {
        assertThat(Version.KAFKA_CLIENT).isEqualTo(AppInfoParser.getVersion());
    }
}
