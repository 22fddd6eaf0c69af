package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.OddMessages;

final class HeldEventsTest {
    private final HeldEvents held = new HeldEvents();

    @Test
    void countsEventsWhereverTheyWait() {
        List<EventBatch> batches = batches();
        batches.forEach(held::hold);
        assertThat(held.size()).isEqualTo(30);

        Map<Integer, Long> next = new HashMap<>();
        held.ask();
        held.hold(batches.get(0));
        held.confirm(next);
        assertThat(next).containsExactly(Map.entry(0, 30L));
        assertThat(held.size()).isEqualTo(30 + batches.get(0).rows());

        held.dropUnconfirmed();
        assertThat(held.size()).isEqualTo(30);

        assertThat(held.take()).isEqualTo(batches.get(0));
        assertThat(held.size()).isEqualTo(30 - batches.get(0).rows());
        while (held.hasConfirmed()) {
            held.take();
        }
        assertThat(held.take()).isEqualTo(EventBatch.EMPTY);
        assertThat(held.size()).isZero();
    }

    /** Thirty events, of which every tenth is no row. */
    private static List<EventBatch> batches() {
        List<Message> messages = LongStream.range(0, 30)
                .mapToObj(offset -> Fixtures.message(
                        0, offset, offset, OddMessages.withBodyField("duration", offset % 10 == 9 ? "3.5" : "3")))
                .toList();
        return ReadBatch.of(messages, 30);
    }
}
