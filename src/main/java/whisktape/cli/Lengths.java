package whisktape.cli;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people: {@code 42 ms}, {@code 3.5 s}, {@code 2 min 30 s}, {@code 1 h 02 min 30 s}. */
final class Lengths {
    private Lengths() {}

    static String text(Duration length) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            return String.format(Locale.ROOT, "%.1f s", length.toMillis() / 1000.0);
        }
        String minutes = "%02d min %02d s".formatted(length.toMinutesPart(), length.toSecondsPart());
        return (length.toHours() == 0 ? minutes : length.toHours() + " h " + minutes).replaceFirst("^0", "");
    }

    /** The same of milliseconds, of which there may be few. */
    static String ofMs(double ms) {
        return Math.abs(ms) < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", ms)
                : (ms < 0 ? "-" : "") + text(Duration.ofMillis(Math.round(Math.abs(ms))));
    }
}
