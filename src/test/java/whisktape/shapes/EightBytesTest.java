package whisktape.shapes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EightBytesTest {
    private static final int LONGEST = 40;
    private static final int ROUNDS = 2_000;

    private final Random random = new Random(7);

    @Test
    void sameBytesAreSameAndOneOtherByteTellsThemApart() {
        for (int length = 0; length <= LONGEST; length++) {
            byte[] all = bytes(length + 20);
            byte[] part = Arrays.copyOfRange(all, 9, 9 + length);

            assertThat(EightBytes.are(part, all, 9, 9 + length)).isTrue();
            assertThat(EightBytes.are(part, all, 9, 10 + length)).isFalse();
            for (int i = 0; i < length; i++) {
                byte[] other = part.clone();
                other[i] ^= (byte) (1 << random.nextInt(8));
                assertThat(EightBytes.are(other, all, 9, 9 + length))
                        .as("byte %d of %d", i, length)
                        .isFalse();
            }
        }
    }

    @Test
    void theHashDependsOnEachByteAndNotOnThePlace() {
        Set<Long> hashes = new HashSet<>();
        for (int length = 0; length <= LONGEST; length++) {
            byte[] text = new byte[length];
            hashes.add(EightBytes.hash(text, 0, length));
            for (int i = 0; i < length; i++) {
                text[i] = 1;
                byte[] moved = new byte[length + 5];
                System.arraycopy(text, 0, moved, 3, length);
                assertThat(EightBytes.hash(moved, 3, 3 + length)).isEqualTo(EightBytes.hash(text, 0, length));
                hashes.add(EightBytes.hash(text, 0, length));
                text[i] = 0;
            }
        }
        assertThat(hashes).hasSize(LONGEST + 1 + LONGEST * (LONGEST + 1) / 2);
    }

    @Test
    void aTextOfPlainCharactersEndsAtTheFirstThatIsNone() {
        for (int round = 0; round < ROUNDS; round++) {
            byte[] text = bytes(random.nextInt(LONGEST));
            int from = text.length == 0 ? 0 : random.nextInt(text.length);
            int until = from + random.nextInt(text.length - from + 1);

            PlainText plain = new PlainText();
            plain.read(text, from, until);
            int end = plain.end();
            assertThat(end).as(() -> Arrays.toString(text)).isEqualTo(slowly(text, from, until));

            // The same text has the same hash wherever it stands.
            plain.read(Arrays.copyOfRange(text, from, end), 0, end - from);
            long alone = plain.hash();
            plain.read(Arrays.copyOf(Arrays.copyOfRange(text, from, end), end - from + 9), 0, end - from + 9);
            assertThat(plain.hash()).isEqualTo(alone);
        }
    }

    private static int slowly(byte[] text, int from, int until) {
        String plain = new String(text, from, until - from, ISO_8859_1);
        return from
                + plain.replaceFirst("(?s)[\"\\\\\\x00-\\x1f\\x80-\\xff].*", "").length();
    }

    /** Mostly plain characters, with those around the bounds among them. */
    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = random.nextInt(12) > 0
                    ? (byte) (' ' + random.nextInt('~' - ' '))
                    : (byte) new int[] {'"', '\\', 0, 1, 0x1f, 0x7f, 0x80, 0x81, 0xa2, 0xdc, 0xff, '!'}
                            [random.nextInt(12)];
        }
        return bytes;
    }
}
