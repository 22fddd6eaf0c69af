package whisktape.metrics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import whisktape.Times;
import whisktape.WhisktapeException;

/**
 * The instants at which samples are taken: all multiples of one duration, in a window.
 *
 * @param every between two of them
 * @param from no sample is before it
 * @param until no sample is at or after it
 * @param silence how long samples go on after the last event, as those of a service that has nothing more to count
 */
public record Steps(Duration every, Instant from, Instant until, Duration silence) {
    /** A year at 15 s; far more text than anybody can use, and far less than a wrong clock would make. */
    private static final long MOST = 2_100_000;

    /** The year 9999: what is later than that is no time, and cannot be printed. */
    static final Instant LATEST = Times.LAST;

    /** Wherever there are events. */
    public static Steps every(Duration duration) {
        return new Steps(duration, Instant.EPOCH, LATEST, Duration.ZERO);
    }

    /** Throws {@link WhisktapeException} if there is no time between two of them. */
    public Steps {
        if (every.toMillis() < 1) {
            throw WhisktapeException.refused("no samples can be taken every 0 ms; choose 1ms or more");
        }
    }

    public Steps from(Instant other) {
        return new Steps(every, other.isBefore(Instant.EPOCH) ? Instant.EPOCH : other, until, silence);
    }

    public Steps until(Instant other) {
        return new Steps(every, from, other.isAfter(LATEST) ? LATEST : other, silence);
    }

    public Steps silence(Duration other) {
        return new Steps(every, from, until, other);
    }

    /** The first step that shows what happened at this millisecond. */
    long showing(long ms) {
        return -Math.floorDiv(-ms, every.toMillis()) * every.toMillis();
    }

    long firstMs() {
        return showing(from.toEpochMilli());
    }

    /** The last step of the window. */
    long lastMs() {
        return showing(until.toEpochMilli()) - every.toMillis();
    }

    /** Throws {@link WhisktapeException} if there are too many from one to the other for it to be meant. */
    void requireFew(long fromMs, long toMs) {
        long steps = (toMs - fromMs) / every.toMillis();
        if (steps > MOST) {
            throw WhisktapeException.refused(String.format(
                    "one event is of %s and a later one of %s, which makes %,d steps of %s, and at most %,d are written;"
                            + " choose the time meant by --from and --until, or longer steps",
                    Instant.ofEpochMilli(fromMs),
                    Instant.ofEpochMilli(toMs),
                    steps,
                    every.toString().substring(2).toLowerCase(Locale.ROOT),
                    MOST));
        }
    }
}
