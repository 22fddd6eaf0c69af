package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Commands that users have anyway, over the same events: a consumer that writes lines into a file, and what packs such a file. */
final class CommandPeers {
    /** To pack all of them as tightly as zstd can would take longer than everything else. */
    static final long PACKED_EVENTS = 500_000;

    private CommandPeers() {}

    /** Seconds that kcat takes for the topic, from its start to its end; empty where there is none. */
    static OptionalDouble kcatSeconds(String bootstrapServers, String topic, Path lines)
            throws IOException, InterruptedException {
        if (!isInstalled("kcat")) {
            Benchmark.say("  no kcat: apt-get install kcat gets one");
            return OptionalDouble.empty();
        }
        long start = System.nanoTime();
        run(lines, "kcat", "-C", "-q", "-e", "-b", bootstrapServers, "-t", topic, "-p", "0", "-o", "beginning");
        return OptionalDouble.of((System.nanoTime() - start) / 1e9);
    }

    /** The first {@link #PACKED_EVENTS} lines of a file, or fewer where it has fewer. */
    static void takeFirst(Path lines, Path first) throws IOException {
        try (Stream<String> all = Files.lines(lines)) {
            Files.write(first, (Iterable<String>) all.limit(PACKED_EVENTS)::iterator);
        }
    }

    /** Bytes a line that a command makes of these; empty where it is not installed. */
    static OptionalDouble packedBytes(Path lines, Path packed, String... command)
            throws IOException, InterruptedException {
        if (!isInstalled(command[0])) {
            Benchmark.say("  no %s", command[0]);
            return OptionalDouble.empty();
        }
        run(
                packed,
                Stream.concat(Stream.of(command), Stream.of(lines.toString())).toArray(String[]::new));
        try (Stream<String> all = Files.lines(lines)) {
            return OptionalDouble.of(Files.size(packed) / (double) all.count());
        }
    }

    private static boolean isInstalled(String command) {
        return Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
    }

    private static void run(Path output, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new IOException(List.of(command) + " failed with " + process.exitValue());
            }
        } finally {
            process.destroyForcibly();
        }
    }
}
