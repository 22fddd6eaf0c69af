package whisktape.cli;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import picocli.CommandLine.TypeConversionException;

/** A point in time as typed: {@code 2026-03-14T09:15:00Z}, or {@code -10m} before some end that the verb knows. */
record TimeOption(Instant instant, Duration before) {

    static TimeOption parse(String text) {
        if (text.startsWith("-")) {
            return new TimeOption(null, Values.duration(text.substring(1)));
        }
        try {
            return new TimeOption(OffsetDateTime.parse(text).toInstant(), null);
        } catch (DateTimeException e) {
            throw new TypeConversionException("'" + text
                    + "' is not a time; it takes 2026-03-14T09:15:00Z, or -10m for ten minutes before the end");
        }
    }

    /** The instant meant, where {@code -10m} counts back from this end. */
    Instant resolve(Instant end) {
        return instant != null ? instant : end.minus(before);
    }
}
