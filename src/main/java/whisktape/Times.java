package whisktape;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/**
 * How instants are written everywhere: RFC 3339, UTC, milliseconds. By hand, because the JDK takes ten milliseconds to make its first
 * formatter, and every verb begins with the times of a manifest.
 */
public final class Times {
    /** The first instant that RFC 3339 has a year for, but for the year 0, which no calendar has. */
    public static final Instant FIRST = LocalDateTime.of(1, 1, 1, 0, 0).toInstant(ZoneOffset.UTC);

    /** The last one. */
    public static final Instant LAST =
            LocalDateTime.of(9999, 12, 31, 23, 59, 59, 999_000_000).toInstant(ZoneOffset.UTC);

    private static final int NANOS_A_MS = 1_000_000;

    private Times() {}

    public static String format(Instant instant) {
        LocalDateTime utc = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        StringBuilder text = new StringBuilder().append(utc.toLocalDate()).append('T');
        append(text, utc.getHour(), 2);
        append(text.append(':'), utc.getMinute(), 2);
        append(text.append(':'), utc.getSecond(), 2);
        append(text.append('.'), utc.getNano() / NANOS_A_MS, 3);
        return text.append('Z').toString();
    }

    /**
     * Reads what {@link #format} has written, and whatever else {@link Instant#parse} takes.
     *
     * @throws java.time.format.DateTimeParseException where it is no instant
     */
    public static Instant parse(String text) {
        try {
            Instant instant = LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            number(text, 20, 23) * NANOS_A_MS)
                    .toInstant(ZoneOffset.UTC);
            if (format(instant).equals(text)) {
                return instant;
            }
        } catch (IndexOutOfBoundsException | NumberFormatException | DateTimeException e) {
            // Written otherwise, or no instant: the JDK knows.
        }
        return Instant.parse(text);
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static void append(StringBuilder text, int number, int digits) {
        String written = Integer.toString(number);
        text.append("0".repeat(digits - written.length())).append(written);
    }
}
