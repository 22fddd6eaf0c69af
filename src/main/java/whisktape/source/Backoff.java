package whisktape.source;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Waits that grow with each failure, drawn at random, so that many clients of one server do not come back together. */
final class Backoff {
    private final Duration first;
    private final Duration most;
    private final RandomGenerator random;
    private Duration ceiling;
    private long untilNanos;
    private boolean waiting;

    Backoff(Duration first, Duration most, RandomGenerator random) {
        this.first = first;
        this.most = most;
        this.random = random;
        this.ceiling = first;
    }

    /** Something failed: draws how long to wait, at least as long as the server asked for. */
    void failed(Optional<Duration> asked) {
        Duration drawn = Duration.ofNanos(random.nextLong(ceiling.toNanos() + 1));
        Duration wait = asked.filter(least -> least.compareTo(drawn) > 0).orElse(drawn);
        untilNanos = System.nanoTime() + wait.toNanos();
        waiting = true;
        ceiling = ceiling.multipliedBy(2).compareTo(most) > 0 ? most : ceiling.multipliedBy(2);
    }

    void succeeded() {
        ceiling = first;
        waiting = false;
    }

    /** How long is left to wait; zero if nothing is. */
    Duration left() {
        long left = waiting ? untilNanos - System.nanoTime() : 0;
        return Duration.ofNanos(Math.max(0, left));
    }
}
