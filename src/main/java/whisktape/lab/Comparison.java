package whisktape.lab;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import whisktape.Message;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/**
 * Whether two recordings hold the same messages: partition, Kafka timestamp, key, value and headers, in the same order. Where
 * each partition's offsets begin may differ.
 *
 * @param messages compared
 * @param bytes of their keys and values
 * @param difference the first one; empty if there is none
 */
record Comparison(long messages, long bytes, Optional<String> difference) {

    static Comparison of(Recording one, Recording other) {
        long messages = 0;
        long bytes = 0;
        try (Messages ones = new Messages(one);
                Messages others = new Messages(other)) {
            while (ones.hasNext() && others.hasNext()) {
                Message message = ones.next();
                Message copy = others.next();
                if (!isSame(message, copy)) {
                    return new Comparison(
                            messages,
                            bytes,
                            Optional.of("offset " + message.offset() + " of partition " + message.partition()
                                    + " is not what offset " + copy.offset() + " of partition " + copy.partition()
                                    + " is in the other"));
                }
                messages++;
                bytes += length(message.key()) + length(message.value());
            }
            boolean sameLength = ones.hasNext() == others.hasNext();
            return new Comparison(
                    messages, bytes, sameLength ? Optional.empty() : Optional.of("one ends after " + messages));
        }
    }

    private static long length(byte[] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static boolean isSame(Message one, Message other) {
        return one.partition() == other.partition()
                && one.timestampMs() == other.timestampMs()
                && Arrays.equals(one.key(), other.key())
                && Arrays.equals(one.value(), other.value())
                && isSame(one.headers(), other.headers());
    }

    private static boolean isSame(List<Message.Header> one, List<Message.Header> other) {
        if (one.size() != other.size()) {
            return false;
        }
        for (int i = 0; i < one.size(); i++) {
            if (!Objects.equals(one.get(i).key(), other.get(i).key())
                    || !Arrays.equals(one.get(i).value(), other.get(i).value())) {
                return false;
            }
        }
        return true;
    }

    /** All messages of a recording, segment after segment. */
    private static final class Messages implements AutoCloseable {
        private final Recording recording;
        private final Iterator<Segment> segments;
        private MessageReader reader;

        Messages(Recording recording) {
            this.recording = recording;
            this.segments = recording.segments(Segment.EVENTS).iterator();
        }

        boolean hasNext() {
            while (reader == null || !reader.hasNext()) {
                if (!segments.hasNext()) {
                    return false;
                }
                close();
                reader = recording.messagesOf(segments.next());
            }
            return true;
        }

        Message next() {
            return reader.next().message();
        }

        @Override
        public void close() {
            if (reader != null) {
                reader.close();
            }
        }
    }
}
