package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.Message.TimestampType;

class MessageReaderTest {
    private static final String LONG_REASON = "a reason that is longer than what statistics keep of a text ".repeat(3);

    @TempDir
    Path folder;

    @Test
    void bringsBackWhatIsTheSameInEveryRow() {
        bringsBack(List.of(
                row(0, 7, TimestampType.APPEND, "k", "v", LONG_REASON, new Message.Header("h", new byte[] {1})),
                row(1, 7, TimestampType.APPEND, "k", "v", LONG_REASON, new Message.Header("h", new byte[] {1}))));
    }

    @Test
    void bringsBackWhatNoRowHas() {
        bringsBack(List.of(
                row(0, Message.NO_TIMESTAMP, TimestampType.NONE, null, null, null),
                row(1, Message.NO_TIMESTAMP, TimestampType.NONE, null, null, null)));
    }

    @Test
    void bringsBackWhatOnlySomeRowsHave() {
        bringsBack(List.of(
                row(0, Message.NO_TIMESTAMP, TimestampType.NONE, null, null, null),
                row(1, 7, TimestampType.CREATE, "", "", "short"),
                row(2, 7, TimestampType.APPEND, "k", "v", LONG_REASON, new Message.Header("h", null)),
                row(3, 8, TimestampType.CREATE, null, "v", null),
                row(
                        4,
                        8,
                        TimestampType.CREATE,
                        "k",
                        null,
                        LONG_REASON + "!",
                        new Message.Header("", new byte[0]),
                        new Message.Header("h", new byte[] {2}))));
    }

    private void bringsBack(List<Event> written) {
        Recording recording = Fixtures.recordingOf(folder, written);

        List<RecordedMessage> read = new ArrayList<>();
        try (MessageReader messages = recording.messagesOf(recording.segments().get(0))) {
            messages.forEachRemaining(read::add);
        }

        assertThat(read.stream().map(RecordedMessage::message))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactlyElementsOf(written.stream().map(Event::message).toList());
        assertThat(read.stream().map(RecordedMessage::poisonReason))
                .containsExactlyElementsOf(written.stream().map(Event::poison).toList());
    }

    private static Event row(
            long offset,
            long timestampMs,
            TimestampType type,
            String key,
            String value,
            String poison,
            Message.Header... headers) {
        Message message = new Message(1, 3, offset, timestampMs, type, 99, bytes(key), bytes(value), List.of(headers));
        return new Event(message, Event.Envelope.ABSENT, new EventBody.Unreadable("not looked into"), null, poison);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
