package whisktape.shapes;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PlainNumberTest {
    private static final String AROUND = "0123456789/: ,}-\u0000\u0080\u00b0\u00b9\u00ff";

    private final SplittableRandom random = new SplittableRandom(11);
    private final PlainNumber number = new PlainNumber();

    @Test
    void readsDigitsUpToTheFirstOtherByte() {
        for (int round = 0; round < 100_000; round++) {
            String digits = digits(random.nextInt(19));
            String text = "x" + digits + behind(random.nextInt(20));
            byte[] bytes = text.getBytes(ISO_8859_1);
            int until = random.nextInt(1, bytes.length + 1);
            String all = text.substring(1, until).replaceFirst("[^0-9](?s).*", "");

            number.read(bytes, 1, until);

            assertThat(number.end()).as(text).isEqualTo(1 + all.length());
            if (all.length() < 19) {
                assertThat(number.number()).as(text).isEqualTo(all.isEmpty() ? 0 : Long.parseLong(all));
            }
        }
    }

    private String digits(int count) {
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < count; i++) {
            digits.append(random.nextInt(10));
        }
        return digits.toString();
    }

    private String behind(int count) {
        StringBuilder behind = new StringBuilder();
        for (int i = 0; i < count; i++) {
            behind.append(AROUND.charAt(random.nextInt(AROUND.length())));
        }
        return behind.toString();
    }
}
