package whisktape.cli;

import java.time.Duration;
import java.util.Locale;

/** Lengths of time for people: {@code 42 ms}, {@code 3.5 s}, {@code 2 min 30 s}, {@code 1 h 02 min 30 s}. */
final class Lengths {
    private Lengths() {}

    static String text(Duration length) {
        if (length.compareTo(Duration.ofMinutes(1)) < 0) {
            long ms = length.toMillis();
            long tenths = (Math.abs(ms) + 50) / 100;
            return (ms < 0 && tenths > 0 ? "-" : "") + Thousands.tenths(tenths) + " s";
        }
        String seconds = twoDigits(length.toSecondsPart()) + " s";
        return length.toHours() == 0
                ? length.toMinutes() + " min " + seconds
                : length.toHours() + " h " + twoDigits(length.toMinutesPart()) + " min " + seconds;
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    /** The same of milliseconds, of which there may be few. */
    static String ofMs(double ms) {
        return Math.abs(ms) < 1_000
                ? String.format(Locale.ROOT, "%.0f ms", ms)
                : (ms < 0 ? "-" : "") + text(Duration.ofMillis(Math.round(Math.abs(ms))));
    }
}
