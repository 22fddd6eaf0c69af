package whisktape.replay;

import java.util.ArrayList;
import java.util.List;
import whisktape.Message;

/** Keeps what is published, with the milliseconds since the start at which it was. */
final class CollectingPublisher implements EventPublisher {
    record Published(long atNanos, Message message) {}

    private final ReplayClock clock;
    private final long startNanos;
    final List<Published> published = new ArrayList<>();
    final List<Long> flushedAtNanos = new ArrayList<>();
    boolean closed;

    CollectingPublisher(ReplayClock clock) {
        this.clock = clock;
        this.startNanos = clock.nanoTime();
    }

    @Override
    public void publish(Message message, Deliveries deliveries) {
        published.add(new Published(clock.nanoTime() - startNanos, message));
        deliveries.acknowledge();
    }

    @Override
    public void flush(Deliveries deliveries) {
        flushedAtNanos.add(clock.nanoTime() - startNanos);
    }

    @Override
    public void close() {
        closed = true;
    }

    List<Message> messages() {
        return published.stream().map(Published::message).toList();
    }

    List<Long> offsets() {
        return published.stream().map(each -> each.message().offset()).toList();
    }

    List<Double> timesMs() {
        return published.stream().map(each -> each.atNanos() / 1e6).toList();
    }
}
