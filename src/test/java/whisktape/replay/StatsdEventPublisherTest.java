package whisktape.replay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.WhisktapeException;
import whisktape.metrics.StatsdTags;

/** With a real socket, since what UDP tells a sender is its kernel's business. */
@Timeout(30)
final class StatsdEventPublisherTest {
    private static final String EVENT = OddMessages.withBodyField("duration", "3");
    private static final String LIMIT =
            "{\"source\":\"controller0\",\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},"
                    + "\"subject\":\"guest\",\"namespace\":\"guest\",\"userId\":\"u\",\"eventType\":\"Metric\",\"timestamp\":1}";
    private static final List<String> LIMIT_LINES = List.of(
            "openwhisk.action.limit.timed:1|c|#service:user-events,namespace:guest",
            "openwhisk.userevents.global.metric:1|c|#service:user-events");

    private final Deliveries deliveries = new Deliveries();
    private final ManualClock clock = new ManualClock();
    private DatagramSocket statsd;
    private StatsdEventPublisher publisher;

    @BeforeEach
    void listen() throws IOException {
        statsd = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        publisher = connect(statsd.getLocalPort());
        assertThat(receive()).as("an empty line asks whether somebody is there").isEmpty();
    }

    @AfterEach
    void stop() {
        publisher.close();
        statsd.close();
    }

    @Test
    void keepsEventsBackUntilNothingMoreIsDue() throws IOException {
        publish(0, LIMIT);
        publish(1, LIMIT);
        assertThat(deliveries.settled()).isZero();

        publisher.flush(deliveries);

        List<String> both = new ArrayList<>(LIMIT_LINES);
        both.addAll(LIMIT_LINES);
        assertThat(receive()).isEqualTo(both);
        assertThat(deliveries.acknowledged()).isEqualTo(2);
        assertThat(publisher.lines()).isEqualTo(4);
        assertThat(publisher.packets()).isEqualTo(1);
    }

    @Test
    void fillsPacketsWithWholeLines() throws IOException {
        for (int offset = 0; offset < 15; offset++) {
            publish(offset, EVENT);
        }
        publisher.flush(deliveries);

        List<String> lines = new ArrayList<>();
        for (long packet = 0; packet < publisher.packets(); packet++) {
            lines.addAll(receive());
        }
        assertThat(lines)
                .hasSize(15 * 11)
                .allMatch(line -> line.matches("openwhisk[A-Za-z.]+:\\d+\\|(c|ms|g|h)\\|#service:.*"));
        assertThat(publisher.lines()).isEqualTo(lines.size());
        assertThat(publisher.packets()).isBetween(8L, 15L);
        assertThat(deliveries.acknowledged()).isEqualTo(15);
    }

    @Test
    void flushingNothingSendsNothing() {
        publisher.flush(deliveries);
        publish(0, "not JSON");
        publish(1, OddMessages.withBodyField("statusCode", "4"));
        publish(2, null);
        publisher.flush(deliveries);

        assertThat(publisher.packets()).isZero();
        assertThat(publisher.ignored()).isEqualTo(2);
        assertThat(publisher.poison()).isEqualTo(1);
        assertThat(deliveries.acknowledged()).as("dealt with").isEqualTo(3);
    }

    @Test
    void failsWhatWasInThePacketWhereNobodyListensAnyMore() {
        statsd.close();
        publish(7, LIMIT);
        publish(8, EVENT);

        publisher.flush(deliveries);

        assertThat(deliveries.failed()).isEqualTo(2);
        assertThat(deliveries.isHopeless()).isTrue();
        assertThat(deliveries.firstFailure()).hasValue("partition 0, offset 7: nobody listens at that UDP port");
        publisher.flush(deliveries);
        assertThat(publisher.packets()).isZero();
    }

    /** An event's lines may need two packets: it has not arrived where one of them has not. */
    @Test
    void failsAnEventOfWhichOnlyAPartCouldLeave() {
        for (int offset = 0; offset < 3; offset++) {
            publish(offset, EVENT);
        }
        statsd.close();
        for (int offset = 3; offset < 6 && deliveries.failed() == 0; offset++) {
            publish(offset, EVENT);
        }
        publisher.flush(deliveries);

        assertThat(deliveries.failed()).isPositive();
        assertThat(deliveries.settled()).isEqualTo(deliveries.acknowledged() + deliveries.failed());
        assertThat(deliveries.settled()).isBetween(4L, 6L);
    }

    @Test
    void keepsToThePaceThatAReceiverCanRead() {
        for (int packet = 0; packet < 26; packet++) {
            publish(packet, LIMIT);
            publisher.flush(deliveries);
        }

        assertThat(clock.nanoTime() - new ManualClock().nanoTime()).isEqualTo(10 * 400_000L);
    }

    @Test
    void saysThatNobodyListens() throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        assertThatThrownBy(() -> connect(port))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("cannot replay to StatsD at 127.0.0.1:" + port + ": nobody listens at that UDP port;"
                        + " check --to-statsd, and that StatsD listens on UDP");
    }

    private StatsdEventPublisher connect(int port) {
        return StatsdEventPublisher.connect(
                InetSocketAddress.createUnresolved("127.0.0.1", port), StatsdTags.DATADOG, clock);
    }

    private void publish(long offset, String value) {
        Message message = Fixtures.message(0, offset, 1_000, value);
        publisher.publish(message, deliveries);
    }

    /** The lines of the next packet, which is no longer than packets may be. */
    private List<String> receive() throws IOException {
        byte[] bytes = new byte[65_535];
        DatagramPacket packet = new DatagramPacket(bytes, bytes.length);
        statsd.receive(packet);
        assertThat(packet.getLength()).isLessThanOrEqualTo(StatsdEventPublisher.PACKET_BYTES);
        return Arrays.asList(new String(bytes, 0, packet.getLength(), US_ASCII).split("\n"));
    }
}
