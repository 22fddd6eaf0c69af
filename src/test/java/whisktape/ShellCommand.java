package whisktape;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** A command run as a user's shell runs it. */
public final class ShellCommand {
    private final ProcessBuilder process;

    private ShellCommand(List<String> words) {
        process = new ProcessBuilder(words);
    }

    public static ShellCommand of(Object... words) {
        return new ShellCommand(Arrays.stream(words).map(Object::toString).toList());
    }

    public ShellCommand in(Path folder) {
        process.directory(folder.toFile());
        return this;
    }

    /** Runs it with these variables and no others. */
    public ShellCommand withOnly(Map<String, String> environment) {
        process.environment().clear();
        process.environment().putAll(environment);
        return this;
    }

    public Process start() throws IOException {
        return process.start();
    }

    public Result run() throws IOException, InterruptedException {
        Path err = Files.createTempFile("whisktape-test", ".err");
        try {
            Process running = process.redirectError(err.toFile()).start();
            running.getOutputStream().close();
            String out = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Result(running.waitFor(), out, Files.readString(err));
        } finally {
            Files.delete(err);
        }
    }

    /** What it returned, and what it wrote. */
    public record Result(int exitCode, String out, String err) {}
}
