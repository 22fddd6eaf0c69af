package whisktape.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import whisktape.cli.Main;

/** A verb in a process of its own, so that it can be killed, or given little memory. */
final class WhisktapeProcess implements AutoCloseable {
    private final Process process;
    private final Path out;
    private final Path err;

    WhisktapeProcess(Path folder, List<String> jvmOptions, String... args) throws IOException {
        this(List.of(), folder, jvmOptions, args);
    }

    /** Where {@code before} is a command that runs the command after it. */
    WhisktapeProcess(List<String> before, Path folder, List<String> jvmOptions, String... args) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(args));
        out = Files.createTempFile(folder, "whisktape", ".out");
        err = Files.createTempFile(folder, "whisktape", ".err");
        process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
    }

    /** As {@code kill -9}: the process gets no chance to do anything. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C or SIGTERM. */
    void stop() {
        process.destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    int exitCode() throws InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            throw new IllegalStateException("still running after two minutes");
        }
        return process.exitValue();
    }

    String out() throws IOException {
        return Files.readString(out);
    }

    String err() throws IOException {
        return Files.readString(err);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
