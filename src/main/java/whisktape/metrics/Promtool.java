package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import whisktape.WhisktapeException;

/** Prometheus' own tool, which alone knows what rules say; where it is on the {@code PATH}. */
public final class Promtool {
    private final Path program;

    private Promtool(Path program) {
        this.program = program;
    }

    /** Looks for it in the folders of this {@code PATH}. */
    public static Optional<Promtool> find(String path) {
        return Arrays.stream(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, "promtool"))
                .filter(Files::isExecutable)
                .findFirst()
                .map(Promtool::new);
    }

    /**
     * What a test of rules came to.
     *
     * @param passed whether everything was as expected
     * @param printed all that it said
     */
    record Result(boolean passed, String printed) {}

    /** Runs {@code promtool test rules}. */
    Result testRules(Path test) {
        try {
            Process process = new ProcessBuilder(program.toString(), "test", "rules", test.toString())
                    .redirectErrorStream(true)
                    .start();
            process.getOutputStream().close();
            String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
            return new Result(process.waitFor() == 0, printed);
        } catch (IOException e) {
            throw new WhisktapeException("cannot run " + program + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WhisktapeException("interrupted while " + program + " ran", e);
        }
    }
}
