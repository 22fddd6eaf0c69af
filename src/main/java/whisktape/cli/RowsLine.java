package whisktape.cli;

import java.io.PrintWriter;

/** Shows on standard error how many rows are done: a line that is redrawn on a terminal, else one every few seconds. */
final class RowsLine {
    private static final int ROWS_BETWEEN_LOOKS = 1 << 12;
    private static final long REDRAWN_EVERY_NANOS = 200_000_000L;
    private static final long LINE_EVERY_NANOS = 5_000_000_000L;

    private final PrintWriter err;
    private final boolean quiet;
    private final String done;
    private final boolean terminal = System.console() != null;
    private final long everyNanos = terminal ? REDRAWN_EVERY_NANOS : LINE_EVERY_NANOS;
    private long nextNanos = System.nanoTime() + everyNanos;
    private boolean drawn;

    /** @param done what has been done to them: {@code redacted} */
    RowsLine(PrintWriter err, boolean quiet, String done) {
        this.err = err;
        this.quiet = quiet;
        this.done = done;
    }

    void show(long rows) {
        if (quiet || rows % ROWS_BETWEEN_LOOKS != 0 || System.nanoTime() < nextNanos) {
            return;
        }
        String text = "%,d rows %s".formatted(rows, done);
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
            err.flush();
            drawn = true;
        } else {
            err.println(text);
        }
        nextNanos = System.nanoTime() + everyNanos;
    }

    /** Leaves the line that was redrawn. */
    void end() {
        if (drawn) {
            err.println();
        }
    }
}
