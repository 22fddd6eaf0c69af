package whisktape.replay;

import java.time.Duration;

/**
 * When events are sent.
 *
 * @param speed how many times faster than recorded
 * @param maxGap recorded pauses longer than this are shortened to it, before the speed counts
 * @param rounds how many times the whole selection is sent
 */
public record Pacing(Speed speed, Duration maxGap, int rounds) {
    /** Once, as recorded. */
    public static final Pacing RECORDED = new Pacing(Speed.RECORDED, Duration.ofMillis(Long.MAX_VALUE), 1);

    public Pacing {
        if (rounds < 1) {
            throw new IllegalArgumentException("at least one round, not " + rounds);
        }
    }

    public Pacing at(Speed speed) {
        return new Pacing(speed, maxGap, rounds);
    }

    public Pacing withMaxGap(Duration maxGap) {
        return new Pacing(speed, maxGap, rounds);
    }

    public Pacing times(int rounds) {
        return new Pacing(speed, maxGap, rounds);
    }
}
