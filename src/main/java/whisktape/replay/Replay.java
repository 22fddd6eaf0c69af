package whisktape.replay;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import whisktape.Message;
import whisktape.WhisktapeException;

/** Sends what a plan selects, each event when it is due, and counts what became of them. */
public final class Replay {
    private static final long SLICE_NANOS = Duration.ofMillis(50).toNanos();
    private static final long PROGRESS_NANOS = Duration.ofSeconds(2).toNanos();
    private static final long SETTLE_NANOS = Duration.ofMillis(1).toNanos();

    /** How long a replay that was stopped waits for what is on its way. */
    private static final long PATIENCE_NANOS = Duration.ofSeconds(5).toNanos();

    private static final String GIVEN_UP = "an unknown place: given up before the broker answered";

    private final ReplayPlan plan;
    private final boolean rebased;
    private final EventPublisher publisher;
    private final ReplayClock clock;
    private final Consumer<ReplayProgress> progress;

    private final Deliveries deliveries = new Deliveries();
    private final Lateness lateness = new Lateness();
    private volatile boolean stopped;
    private long startNanos;
    private long nextProgressNanos;
    private long handedOver;

    /**
     * @param rebased true to move the events' times to now
     * @param publisher takes the events, and is closed at the end
     * @param progress is told every two seconds
     */
    public Replay(
            ReplayPlan plan,
            boolean rebased,
            EventPublisher publisher,
            ReplayClock clock,
            Consumer<ReplayProgress> progress) {
        this.plan = plan;
        this.rebased = rebased;
        this.publisher = publisher;
        this.clock = clock;
        this.progress = progress;
    }

    /** Makes {@link #run} come to its end soon; for another thread to call. */
    public void stop() {
        stopped = true;
    }

    /** Sends all of it. */
    public ReplayResult run() {
        Optional<WhisktapeException> damage = Optional.empty();
        Duration elapsed;
        Rebase rebase = new Rebase(clock.now());
        startNanos = clock.nanoTime();
        try (publisher;
                ReadAhead events = new ReadAhead(plan.selection(), plan.pacing().rounds(), ReadAhead.WAITING_BYTES)) {
            try {
                sendAll(events, rebase);
            } catch (WhisktapeException e) {
                damage = Optional.of(e);
            }
            publisher.flush(deliveries);
            elapsed = awaitAcknowledgements();
        }
        long sent = deliveries.acknowledged();
        // Also what the publisher gave up without a word: nothing is lost from the count.
        long failed = handedOver - sent;
        return new ReplayResult(
                sent,
                failed,
                Math.max(0, plan.totalEvents() - handedOver),
                rebase.unmoved(),
                elapsed,
                ReplayResult.Percentiles.of(lateness),
                failed == 0
                        ? Optional.empty()
                        : Optional.of(deliveries.firstFailure().orElse(GIVEN_UP)),
                stopped,
                damage);
    }

    private void sendAll(ReadAhead events, Rebase rebase) {
        Schedule schedule = new Schedule(plan.pacing());
        int round = 0;
        // The clock starts when enough is there to go on with; unpacking it is nobody's lateness.
        events.awaitFull();
        if (!plan.pacing().speed().isMax()) {
            // Else the first collection would copy what the start has left in the heap, while events are due.
            System.gc();
        }
        ReadAhead.Chunk chunk = events.take();
        startNanos = clock.nanoTime();
        nextProgressNanos = PROGRESS_NANOS;
        for (; chunk != null; chunk = events.take()) {
            if (chunk.round() != round) {
                round = chunk.round();
                schedule.nextRound();
                rebase.nextRound();
            }
            for (SelectedEvent event : chunk.events()) {
                if (!awaitTurn(schedule.dueNanos(event.timeMs()))) {
                    return;
                }
                Message message = rebased ? rebase.apply(event) : event.message();
                publisher.publish(message, deliveries);
                handedOver++;
            }
            // The next ones may have to be read first.
            publisher.flush(deliveries);
            tellProgress(clock.nanoTime() - startNanos);
        }
    }

    /** Waits until an event is due; false if it must not be sent any more. */
    private boolean awaitTurn(long dueNanos) {
        if (plan.pacing().speed().isMax()) {
            // All of them are due, and to look at the clock takes a while, too.
            return isWanted();
        }
        long now = elapsedNanos();
        if (now < dueNanos) {
            publisher.flush(deliveries);
        }
        while (now < dueNanos && isWanted()) {
            clock.sleep(Math.min(dueNanos - now, SLICE_NANOS));
            now = elapsedNanos();
        }
        if (!isWanted()) {
            return false;
        }
        lateness.add(now - dueNanos);
        return true;
    }

    private boolean isWanted() {
        return !stopped && !deliveries.isHopeless();
    }

    private Duration awaitAcknowledgements() {
        long giveUpNanos = Long.MAX_VALUE;
        while (deliveries.settled() < handedOver && elapsedNanos() < giveUpNanos) {
            clock.sleep(SETTLE_NANOS);
            if (stopped && giveUpNanos == Long.MAX_VALUE) {
                giveUpNanos = elapsedNanos() + PATIENCE_NANOS;
            }
        }
        return Duration.ofNanos(elapsedNanos());
    }

    private long elapsedNanos() {
        long elapsed = clock.nanoTime() - startNanos;
        tellProgress(elapsed);
        return elapsed;
    }

    private void tellProgress(long elapsedNanos) {
        if (elapsedNanos >= nextProgressNanos) {
            nextProgressNanos = elapsedNanos + PROGRESS_NANOS;
            progress.accept(
                    new ReplayProgress(deliveries.acknowledged(), plan.totalEvents(), Duration.ofNanos(elapsedNanos)));
        }
    }
}
