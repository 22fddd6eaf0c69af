package whisktape.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import whisktape.Message;
import whisktape.metrics.StatsdMetrics;
import whisktape.metrics.StatsdTags;
import whisktape.metrics.UserEvent;
import whisktape.metrics.UserEventReader;

/**
 * Sends events to a StatsD as the metrics that user-events would have reported for them. An event is delivered when the packet with its last
 * line has left; one that user-events ignores, or would fail at, makes no line and is delivered at once.
 */
public final class StatsdEventPublisher implements EventPublisher {
    /** What an Ethernet takes undivided, less the headers of IPv6 and UDP and room for a tunnel's. */
    static final int PACKET_BYTES = 1432;

    private final StatsdSocket socket;
    private final StatsdMetrics metrics;
    private final ReplayClock clock;
    private final PacketPace pace = new PacketPace();
    private final ByteBuffer packet = ByteBuffer.allocate(PACKET_BYTES);
    private final List<Place> waiting = new ArrayList<>();
    private int linesInPacket;
    private String broken;

    private long lines;
    private long packets;
    private long ignored;
    private long poison;

    private StatsdEventPublisher(StatsdSocket socket, StatsdTags tags, ReplayClock clock) {
        this.socket = socket;
        this.metrics = new StatsdMetrics(tags);
        this.clock = clock;
    }

    /** Where an event stood in Kafka. */
    private record Place(int partition, long offset) {}

    /** Throws {@link whisktape.WhisktapeException} where nobody listens, as far as that can be known. */
    public static StatsdEventPublisher connect(InetSocketAddress address, StatsdTags tags, ReplayClock clock) {
        return new StatsdEventPublisher(StatsdSocket.connect(address.getHostString(), address.getPort()), tags, clock);
    }

    @Override
    public void publish(Message message, Deliveries deliveries) {
        UserEvent event = UserEventReader.read(message.value());
        List<String> made = metrics.lines(event);
        if (made.isEmpty()) {
            if (event instanceof UserEvent.Poison) {
                poison++;
            } else {
                ignored++;
            }
            deliveries.acknowledge();
            return;
        }
        for (String line : made) {
            add(line.getBytes(US_ASCII), deliveries);
        }
        waiting.add(new Place(message.partition(), message.offset()));
        if (broken != null) {
            // Some of its lines are lost, and more would be.
            fail(deliveries);
        }
    }

    @Override
    public void flush(Deliveries deliveries) {
        if (packet.position() > 0 && broken == null) {
            send(deliveries);
        }
    }

    /** How many lines have left. */
    public long lines() {
        return lines;
    }

    public long packets() {
        return packets;
    }

    /** How many events user-events ignores. */
    public long ignored() {
        return ignored;
    }

    /** How many events user-events would fail at. */
    public long poison() {
        return poison;
    }

    @Override
    public void close() {
        socket.close();
    }

    private void add(byte[] line, Deliveries deliveries) {
        if (packet.position() > 0 && line.length >= packet.remaining()) {
            send(deliveries);
        }
        if (packet.position() > 0) {
            packet.put((byte) '\n');
        }
        packet.put(line);
        linesInPacket++;
    }

    private void send(Deliveries deliveries) {
        clock.sleep(pace.nanosUntilNext(clock.nanoTime()));
        packet.flip();
        try {
            socket.send(packet);
            packets++;
            lines += linesInPacket;
            waiting.forEach(place -> deliveries.acknowledge());
        } catch (IOException e) {
            broken = StatsdSocket.reason(e);
            fail(deliveries);
        }
        waiting.clear();
        packet.clear();
        linesInPacket = 0;
    }

    private void fail(Deliveries deliveries) {
        waiting.forEach(place -> deliveries.fail(place.partition(), place.offset(), broken, true));
        waiting.clear();
    }
}
