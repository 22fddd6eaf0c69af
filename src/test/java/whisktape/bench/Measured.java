package whisktape.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;

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
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no VmHWM");
    }
}
