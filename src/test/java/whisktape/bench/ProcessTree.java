package whisktape.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command with all processes that it starts: {@code spark-submit} starts the one that works. They are looked at while they run, so
 * that what each does in its last moment is missing.
 */
final class ProcessTree {
    private static final Duration LONGEST = Duration.ofHours(2);
    private static final long LOOK_MS = 50;

    private final Map<Long, Duration> cpu = new HashMap<>();
    private final Map<Long, Long> peakKib = new HashMap<>();

    private ProcessTree() {}

    /**
     * Runs it to its end, or for two hours.
     *
     * @return its seconds, those of CPU time of all processes, and the memory of the largest; without what it printed
     */
    static Run run(Path scratch, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(scratch.resolve("output").toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().putAll(environment);
        ProcessTree tree = new ProcessTree();
        long start = System.nanoTime();
        Process process = builder.start();
        try {
            while (!process.waitFor(LOOK_MS, TimeUnit.MILLISECONDS)) {
                tree.look(process);
                if (System.nanoTime() - start > LONGEST.toNanos()) {
                    throw new IOException(
                            String.join(" ", command) + " did not end in " + LONGEST.toMinutes() + " minutes");
                }
            }
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue());
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return new Run("", (System.nanoTime() - start) / 1e9, tree.cpuSeconds(), tree.peakMib());
    }

    private void look(Process process) throws IOException {
        for (ProcessHandle one : Stream.concat(Stream.of(process.toHandle()), process.descendants())
                .toList()) {
            one.info().totalCpuDuration().ifPresent(duration -> cpu.put(one.pid(), duration));
            Measured.peakKib(Long.toString(one.pid())).ifPresent(kib -> peakKib.merge(one.pid(), kib, Math::max));
        }
    }

    private double cpuSeconds() {
        return cpu.values().stream().mapToLong(Duration::toMillis).sum() / 1e3;
    }

    private double peakMib() {
        return peakKib.values().stream().mapToLong(kib -> kib).max().orElse(0) / 1024.0;
    }
}
