package whisktape.cli;

import java.io.PrintWriter;
import java.util.Locale;
import whisktape.replay.ReplayProgress;

/** Shows how far a replay is on standard error: a line that is redrawn on a terminal, else one every few seconds. */
final class ReplayProgressLine {
    private final PrintWriter err;
    private final boolean quiet;
    private final boolean terminal = System.console() != null;
    private boolean drawn;

    ReplayProgressLine(PrintWriter err, boolean quiet) {
        this.err = err;
        this.quiet = quiet;
    }

    void show(ReplayProgress progress) {
        if (quiet) {
            return;
        }
        double seconds = progress.elapsed().toMillis() / 1000.0;
        String text = String.format(
                Locale.ROOT,
                "%,d of %,d events sent (%.0f %%) in %.0f s, %,.0f events/s",
                progress.sent(),
                progress.total(),
                100.0 * progress.sent() / Math.max(1, progress.total()),
                seconds,
                progress.sent() / Math.max(0.001, seconds));
        if (terminal) {
            err.print("\r" + text + "\u001b[K");
            err.flush();
            drawn = true;
        } else {
            err.println(text);
        }
    }

    /** Leaves the line that was redrawn. */
    void end() {
        if (drawn) {
            err.println();
        }
    }
}
