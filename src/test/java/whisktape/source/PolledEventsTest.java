package whisktape.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;

class PolledEventsTest {
    private final SplittableRandom random = new SplittableRandom(3);

    @Test
    void readsMessagesAsIfEachCameAlone() {
        List<Message> messages = messages(4_000);

        List<Event> read = ReadBatch.of(messages, 300).stream()
                .flatMap(batch -> ReadBatch.events(batch).stream())
                .sorted(Comparator.comparing(event -> event.message().offset()))
                .toList();

        assertThat(read).hasSameSizeAs(messages);
        for (int i = 0; i < messages.size(); i++) {
            Event alone = new EventParser().parse(messages.get(i));
            Event polled = read.get(i);
            assertThat(ReadEvent.isSame(polled, alone))
                    .as("%s%n%s", polled, alone)
                    .isTrue();
            assertThat(described(polled.message())).isEqualTo(described(alone.message()));
        }
    }

    @Test
    void keepsTheOrderOfAPartition() {
        for (EventBatch batch : ReadBatch.of(messages(2_000), 250)) {
            assertThat(ReadBatch.events(batch))
                    .extracting(event -> event.message().partition())
                    .containsOnly(ReadBatch.events(batch).get(0).message().partition());
        }
        assertThat(ReadBatch.of(messages(2_000), 250).stream()
                        .flatMap(batch -> ReadBatch.events(batch).stream())
                        .filter(event -> event.message().partition() == 0)
                        .map(event -> event.message().offset()))
                .isSorted();
    }

    @Test
    void putsEventsOfKnownShapesIntoRows() {
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < 1_000; offset++) {
            messages.add(Fixtures.message(
                    0, offset, offset, OddMessages.withBodyField("duration", "" + random.nextInt(1_000))));
        }

        List<EventBatch> batches = ReadBatch.of(messages, 500);

        // The first one of all was read as JSON.
        assertThat(batches).hasSize(3);
        assertThat(batches.get(0).events()).hasSize(1);
        assertThat(batches.subList(1, 3))
                .allSatisfy(batch -> assertThat(batch.events()).isEmpty());
        assertThat(batches.stream().mapToInt(EventBatch::rows).sum()).isEqualTo(1_000);
    }

    /** What it has in it is not written as most are; the next one teaches the shape that both have. */
    @Test
    void anOddFirstEventKeepsNoneBehindItFromBecomingRows() {
        List<Message> messages = new ArrayList<>();
        messages.add(Fixtures.message(0, 0, 0, OddMessages.withBodyField("kind", "\"gr\u00f6\u00dfe\"")));
        for (int offset = 1; offset < 100; offset++) {
            messages.add(Fixtures.message(0, offset, offset, OddMessages.withBodyField("duration", "" + offset)));
        }

        List<EventBatch> batches = ReadBatch.of(messages, 100);

        assertThat(batches).hasSize(2);
        assertThat(batches.get(0).events()).hasSize(2);
        assertThat(batches.get(1).shaped().orElseThrow().count()).isEqualTo(98);
    }

    /** Rows have room for more that were expected; it takes memory on the way, whatever came. */
    @Test
    void countsTheRoomThatBatchesLeaveEmpty() {
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < 1_000; offset++) {
            messages.add(Fixtures.message(
                    0, offset, offset, OddMessages.withBodyField("duration", offset % 2 == 0 ? "3" : "3.5")));
        }

        List<EventBatch> batches = ReadBatch.of(messages, 1_000);

        assertThat(batches).hasSizeGreaterThan(400);
        assertThat(batches.subList(2, 400))
                .allSatisfy(batch -> assertThat(batch.sizeBytes()).isGreaterThan(60 * 170));
    }

    /** More than there are numbers for. */
    @Test
    void readsAnyNumberOfDifferentTexts() {
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < 50_000; offset++) {
            messages.add(message(0, offset, OddMessages.withBodyField("kind", "\"kind " + offset + "\"")));
        }

        List<Event> read = ReadBatch.of(messages, 1_000).stream()
                .flatMap(batch -> ReadBatch.events(batch).stream())
                .toList();

        assertThat(texts(read.stream().map(Event::message).toList())).isEqualTo(texts(messages));
    }

    /** All of it but when it was recorded. */
    private static String described(Message message) {
        StringBuilder text = new StringBuilder();
        text.append(message.partition()).append(' ').append(message.offset()).append(' ');
        text.append(message.timestampMs()).append(' ').append(message.timestampType());
        text.append(Arrays.toString(message.key())).append(Arrays.toString(message.value()));
        message.headers()
                .forEach(header -> text.append(header.key()).append('=').append(Arrays.toString(header.value())));
        return text.toString();
    }

    private static List<String> texts(List<Message> messages) {
        return messages.stream()
                .map(message -> new String(message.value(), UTF_8))
                .toList();
    }

    /** Else they would fill any memory on their way: the texts are kept as long as the rows. */
    @Test
    void countsTextsThatDoNotRepeat() {
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < 10_000; offset++) {
            String kind = offset + "k".repeat(1_000);
            messages.add(Fixtures.message(0, offset, offset, OddMessages.withBodyField("kind", "\"" + kind + "\"")));
        }

        assertThat(ReadBatch.of(messages, 1_000).stream()
                        .mapToLong(EventBatch::sizeBytes)
                        .sum())
                .isGreaterThan(10_000 * 2_000);
    }

    /** Ordinary ones, and between them what nobody sends. */
    private List<Message> messages(int count) {
        List<OddMessages.Odd> odd = List.copyOf(OddMessages.all().values());
        List<Message> messages = new ArrayList<>();
        for (int offset = 0; offset < count; offset++) {
            int partition = random.nextInt(2);
            switch (random.nextInt(20)) {
                case 0 -> messages.add(message(partition, offset, odd.get(random.nextInt(odd.size()))));
                case 1 -> messages.add(message(partition, offset, OddMessages.withBodyField("statusCode", "4")));
                case 2 -> messages.add(message(partition, offset, OddMessages.withBodyField("name", "\"\"")));
                case 3 ->
                    messages.add(
                            message(
                                    partition,
                                    offset,
                                    "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},\"eventType\":\"Metric\"}"));
                case 4 ->
                    messages.add(message(
                            partition, offset, OddMessages.withBodyField("kind", "\"" + "k".repeat(2_000) + "\"")));
                default ->
                    messages.add(message(
                            partition, offset, OddMessages.withBodyField("waitTime", "" + random.nextInt(-5, 1_000))));
            }
        }
        return messages;
    }

    private Message message(int partition, long offset, String value) {
        return message(partition, offset, new OddMessages.Odd(null, value.getBytes(UTF_8), List.of()));
    }

    private Message message(int partition, long offset, OddMessages.Odd odd) {
        boolean timed = random.nextInt(10) > 0;
        return new Message(
                1,
                partition,
                offset,
                timed ? 1_795_427_079_000L + offset : Message.NO_TIMESTAMP,
                timed ? Message.TimestampType.CREATE : Message.TimestampType.NONE,
                0,
                odd.key(),
                odd.value(),
                odd.headers());
    }
}
