package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.DocumentFixtures.documents;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DocumentFixtures;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.recording.Recording;

class ComparisonTest {
    @TempDir
    Path folder;

    @Test
    void countsWhatIsTheSameWhereverItsOffsetsBegin() {
        Recording one = recording("one", message(10, "a"), message(11, null));
        Recording other = recording("other", message(0, "a"), message(1, null));

        assertThat(Comparison.of(one, other)).isEqualTo(new Comparison(2, 1, Optional.empty()));
    }

    @Test
    void seesAByteThatDiffers() {
        Recording one = recording("one", message(0, "a"), message(1, "b"));
        Recording other = recording("other", message(0, "a"), message(1, "c"));

        assertThat(Comparison.of(one, other).difference())
                .contains("offset 1 of partition 0 is not what offset 1 of partition 0 is in the other");
    }

    @Test
    void tellsNoValueFromAnEmptyOne() {
        assertThat(Comparison.of(recording("one", message(0, null)), recording("other", message(0, "")))
                        .difference())
                .isPresent();
    }

    @Test
    void looksAtEventsOnly() {
        Recording one = recording("one", message(0, "a"));
        Recording other = DocumentFixtures.recordingWith(recording("other", message(0, "a")), documents(0, 3));

        assertThat(Comparison.of(one, other)).isEqualTo(new Comparison(1, 1, Optional.empty()));
    }

    @Test
    void seesAnotherOrder() {
        Recording one = recording("one", message(0, "a"), message(1, "b"));
        Recording other = recording("other", message(0, "b"), message(1, "a"));

        assertThat(Comparison.of(one, other).difference()).isPresent();
    }

    @Test
    void seesThatOneEndsSooner() {
        Recording one = recording("one", message(0, "a"), message(1, "b"));
        Recording other = recording("other", message(0, "a"));

        assertThat(Comparison.of(one, other).difference()).contains("one ends after 1");
        assertThat(Comparison.of(other, one).difference()).contains("one ends after 1");
    }

    @Test
    void looksAtKeysHeadersAndTimestamps() {
        Recording plain = recording("plain", message(0, "a"));

        assertThat(Comparison.of(plain, recording("key", with(0, new byte[1], List.of())))
                        .difference())
                .isPresent();
        assertThat(Comparison.of(plain, recording("header", with(0, null, List.of(new Message.Header("h", null)))))
                        .difference())
                .isPresent();
        assertThat(Comparison.of(plain, recording("time", with(1, null, List.of())))
                        .difference())
                .isPresent();
    }

    private Recording recording(String name, Message... messages) {
        return Fixtures.recording(folder.resolve(name), List.of(messages));
    }

    private static Message message(long offset, String value) {
        return Fixtures.message(0, offset, 1_000, value);
    }

    /** As {@code message(0, "a")} but for these. */
    private static Message with(long laterMs, byte[] key, List<Message.Header> headers) {
        return new Message(
                1,
                0,
                0,
                1_000 + laterMs,
                Message.TimestampType.CREATE,
                1_005,
                key,
                "a".getBytes(StandardCharsets.UTF_8),
                headers);
    }
}
