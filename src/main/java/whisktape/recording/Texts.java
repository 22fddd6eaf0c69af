package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.function.IntUnaryOperator;

/** Texts, or other bytes, one behind the other in one array. */
final class Texts {
    private final byte[] bytes;

    /** One more than there are texts: each ends where the next one starts. */
    private final int[] starts;

    private Texts(byte[] bytes, int[] starts) {
        this.bytes = bytes;
        this.starts = starts;
    }

    /** Copies so many texts. */
    static Texts of(int count, IntFunction<byte[]> each) {
        MessageBytes joined = new MessageBytes();
        int[] starts = new int[count + 1];
        for (int i = 0; i < count; i++) {
            joined.append(each.apply(i));
            starts[i + 1] = joined.length();
        }
        return new Texts(joined.toArray(), starts);
    }

    /** Texts that stand in an array already, from somewhere on, of these lengths. */
    static Texts in(byte[] bytes, int from, int count, IntUnaryOperator lengthOfEach) {
        int[] starts = new int[count + 1];
        starts[0] = from;
        for (int i = 0; i < count; i++) {
            int length = lengthOfEach.applyAsInt(i);
            if (length < 0 || length > bytes.length - starts[i]) {
                throw new IllegalStateException("a text of " + length + " bytes is longer than its page");
            }
            starts[i + 1] = starts[i] + length;
        }
        return new Texts(bytes, starts);
    }

    int count() {
        return starts.length - 1;
    }

    /** Behind the last one. */
    int end() {
        return starts[starts.length - 1];
    }

    void appendTo(MessageBytes message, int index) {
        message.append(bytes, starts[index], starts[index + 1]);
    }

    byte[] copy(int index) {
        return Arrays.copyOfRange(bytes, starts[index], starts[index + 1]);
    }

    String text(int index) {
        return new String(bytes, starts[index], starts[index + 1] - starts[index], StandardCharsets.UTF_8);
    }
}
