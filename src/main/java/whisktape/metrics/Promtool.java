package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/** Prometheus' own tool, which alone knows what rules say; where it is on the {@code PATH}. */
public final class Promtool {
    private static final Pattern PROGRESS = Pattern.compile("Unit Testing:.*|Checking .*|FAILED:|SUCCESS:.*");

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
     * What it was asked came to.
     *
     * @param passed whether everything was right
     * @param printed all that it said
     */
    record Result(boolean passed, String printed) {
        /** The first that it said of what is wrong. */
        String firstSentence() {
            return printed.lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !PROGRESS.matcher(line).matches())
                    .findFirst()
                    .orElse("it says nothing");
        }
    }

    /** Runs {@code promtool check rules}; throws {@link WhisktapeException} with its sentence where it cannot read them. */
    public void checkRules(List<Path> rules) {
        for (Path file : rules) {
            String name = file.toAbsolutePath().toString();
            Result result = run("check", "rules", name);
            if (!result.passed()) {
                throw WhisktapeException.refused("promtool cannot read the rules in " + file + ": "
                        + result.firstSentence().replace(name + ": ", "") + "; mend them, and try promtool check rules "
                        + file);
            }
        }
    }

    /** Runs {@code promtool test rules}. */
    Result testRules(Path test) {
        return run("test", "rules", test.toString());
    }

    private Result run(String... arguments) {
        try {
            List<String> command = new ArrayList<>(List.of(program.toString()));
            Collections.addAll(command, arguments);
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
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
