package whisktape.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import whisktape.recording.LocalCopy;
import whisktape.recording.Recording;

/** A recording for SQL, which reads files of this machine only: a remote one is copied first, with progress on standard error. */
final class LocalRecording {
    private static final long LINE_EVERY_NANOS = 3_000_000_000L;
    private static final double MEBIBYTE = 1 << 20;

    private LocalRecording() {}

    static Recording of(CommandSpec spec, Recording recording) {
        if (!LocalCopy.isNeeded(recording)) {
            return recording;
        }
        LocalCopy copy = LocalCopy.of(recording);
        Line line = new Line(spec.commandLine().getErr(), RootCommand.of(spec).quiet, copy.missingBytes());
        line.begin(recording, copy);
        return copy.update(line::show);
    }

    private static final class Line {
        private final PrintWriter err;
        private final boolean quiet;
        private final double total;
        private long nextNanos = System.nanoTime() + LINE_EVERY_NANOS;

        Line(PrintWriter err, boolean quiet, long total) {
            this.err = err;
            this.quiet = quiet || total == 0;
            this.total = total / MEBIBYTE;
        }

        void begin(Recording recording, LocalCopy copy) {
            if (!quiet) {
                err.printf("copying %,.1f MiB of %s into %s%n", total, recording.folder(), copy.folder());
            }
        }

        void show(long copied) {
            if (!quiet && System.nanoTime() >= nextNanos) {
                err.printf("copied %,.1f of %,.1f MiB%n", copied / MEBIBYTE, total);
                nextNanos = System.nanoTime() + LINE_EVERY_NANOS;
            }
        }
    }
}
