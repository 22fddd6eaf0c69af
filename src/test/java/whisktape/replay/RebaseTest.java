package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import whisktape.Fixtures;
import whisktape.Message;

class RebaseTest {
    private final Rebase rebase = new Rebase(Instant.ofEpochMilli(1_000_000));

    @Test
    void movesBothTimesByOneConstantSoThatTheFirstEventIsNow() {
        assertMoved(5000, "{\"timestamp\":4990,\"a\":1}", 1_000_000, "{\"timestamp\":999990,\"a\":1}");
        assertMoved(5250, "{\"timestamp\":5251}", 1_000_250, "{\"timestamp\":1000251}");
        assertMoved(4000, "{\"timestamp\":1}", 999_000, "{\"timestamp\":995001}");
        assertThat(rebase.unmoved()).isZero();
    }

    @Test
    void keepsAndCountsValuesWithoutATimestamp() {
        assertMoved(5000, "no JSON", 1_000_000, "no JSON");
        assertMoved(5010, null, 1_000_010, null);

        assertThat(rebase.unmoved()).isEqualTo(2);
    }

    @Test
    void leavesAMessageWithoutKafkaTimestampWithoutOne() {
        Message message = Fixtures.message(0, 0, Message.NO_TIMESTAMP, "{\"timestamp\":5000}");

        Message moved = rebase.apply(new SelectedEvent(message, 5000));

        assertThat(moved.timestampMs()).isEqualTo(Message.NO_TIMESTAMP);
        assertThat(text(moved)).isEqualTo("{\"timestamp\":1000000}");
    }

    @Test
    void goesOnInTheNextRoundWhereTheLastOneEnded() {
        assertMoved(5000, "{\"timestamp\":5000}", 1_000_000, "{\"timestamp\":1000000}");
        assertMoved(5600, "{\"timestamp\":5600}", 1_000_600, "{\"timestamp\":1000600}");
        assertMoved(5500, "{\"timestamp\":5500}", 1_000_500, "{\"timestamp\":1000500}");

        rebase.nextRound();

        assertMoved(5000, "{\"timestamp\":5000}", 1_000_600, "{\"timestamp\":1000600}");
        assertMoved(5600, "{\"timestamp\":5600}", 1_001_200, "{\"timestamp\":1001200}");
    }

    private void assertMoved(long kafkaMs, String value, long movedKafkaMs, String movedValue) {
        Message moved = rebase.apply(new SelectedEvent(Fixtures.message(0, 0, kafkaMs, value), kafkaMs));

        assertThat(moved.timestampMs()).isEqualTo(movedKafkaMs);
        assertThat(text(moved)).isEqualTo(movedValue);
    }

    private static String text(Message message) {
        return message.value() == null ? null : new String(message.value(), StandardCharsets.UTF_8);
    }
}
