package whisktape.cli;

import java.io.PrintWriter;
import whisktape.recorder.Progress;

/** Shows a recorder's progress on standard error: a bar that is redrawn on a terminal, else a line every few seconds. */
final class ProgressLine {
    private static final int BAR = 24;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private final boolean quiet;
    private final boolean terminal = System.console() != null;
    private long nextLineNanos = System.nanoTime() + LINE_EVERY_NANOS;
    private Progress before;
    private boolean drawn;

    ProgressLine(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    void say(String sentence) {
        if (!quiet) {
            err.println(sentence);
        }
    }

    void show(Progress progress) {
        if (!quiet && (terminal || System.nanoTime() >= nextLineNanos)) {
            String text = text(progress);
            if (terminal) {
                err.print("\r" + bar(progress) + " " + text + "\u001b[K");
                err.flush();
                drawn = true;
            } else {
                err.println(text);
                nextLineNanos += LINE_EVERY_NANOS;
            }
            before = progress;
        }
    }

    /** Leaves the line that was redrawn. */
    void end() {
        if (drawn) {
            err.println();
        }
    }

    private String text(Progress progress) {
        return String.format(
                        "%,d events  %,d activations  %,.0f/s  lag %,d  %,d segments  %,d unreadable",
                        progress.events(),
                        progress.documents(),
                        rate(progress),
                        progress.lag(),
                        progress.segments(),
                        progress.unreadable())
                + (progress.away().isEmpty()
                        ? ""
                        : "  waiting for " + String.join(" and ", progress.away()) + ", no answer");
    }

    private double rate(Progress progress) {
        long rows = progress.rows() - (before == null ? 0 : before.rows());
        long nanos = progress.elapsed().toNanos()
                - (before == null ? 0 : before.elapsed().toNanos());
        return rows * 1e9 / Math.max(1, nanos);
    }

    private static String bar(Progress progress) {
        long all = progress.rows() + progress.lag();
        int full = all == 0 ? BAR : (int) (BAR * progress.rows() / all);
        return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
    }
}
