package whisktape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;

/** A main class that runs another one and leaves in a file, at the process's end, what the process has used. */
final class Measured {
    private Measured() {}

    public static void main(String[] args) throws ReflectiveOperationException {
        Path figures = Path.of(args[0]);
        // A hook, because the command line ends with System.exit.
        Runtime.getRuntime().addShutdownHook(new Thread(() -> leave(figures)));
        Object rest = Arrays.copyOfRange(args, 2, args.length);
        Class.forName(args[1]).getMethod("main", String[].class).invoke(null, rest);
    }

    private static void leave(Path figures) {
        Duration cpu = ProcessHandle.current().info().totalCpuDuration().orElseThrow();
        try {
            Files.writeString(figures, cpu.toMillis() + " " + peakKib());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The most memory this process ever had in RAM, heap and all else, as Linux counts it. */
    private static long peakKib() throws IOException {
        OptionalLong peak = peakKib("self");
        return peak.orElseThrow(() -> new IOException("/proc/self/status has no VmHWM"));
    }

    /** The same of another process, by its number; empty where it has ended. */
    static OptionalLong peakKib(String process) throws IOException {
        Path status = Path.of("/proc", process, "status");
        try {
            return Files.readAllLines(status).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            if (Files.exists(status)) {
                throw e;
            }
            return OptionalLong.empty();
        }
    }
}
