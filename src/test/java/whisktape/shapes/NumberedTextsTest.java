package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NumberedTextsTest {
    private final NumberedTexts texts = new NumberedTexts();
    private final PlainText plain = new PlainText();

    @Test
    void theSameTextHasTheSameNumber() {
        int number = number("guest/hello");

        assertThat(number("guest/other")).isNotEqualTo(number);
        assertThat(number("")).isNotEqualTo(number);
        assertThat(number("guest/hello")).isEqualTo(number);
        assertThat(texts.text(number)).isEqualTo("guest/hello");
        assertThat(texts.bytes(number)).isEqualTo("guest/hello".getBytes(UTF_8));
    }

    @Test
    void tellsTextsOfTheSameHashApart() {
        byte[] one = "one".getBytes(UTF_8);
        byte[] other = "other".getBytes(UTF_8);

        assertThat(texts.numberOf(one, 0, one.length, 7)).isNotEqualTo(texts.numberOf(other, 0, other.length, 7));
        assertThat(texts.text(texts.numberOf(other, 0, other.length, 7))).isEqualTo("other");
    }

    @Test
    void takesNoMoreThanThereIsRoomFor() {
        Set<Integer> numbers = new HashSet<>();
        for (int i = 0; i < NumberedTexts.MOST; i++) {
            numbers.add(number("text " + i));
        }

        assertThat(numbers).hasSize(NumberedTexts.MOST).allMatch(number -> number >= 0 && number < NumberedTexts.MOST);
        assertThat(texts.isFull()).isTrue();
        assertThat(number("one more")).isEqualTo(NumberedTexts.NONE);
        assertThat(texts.text(number("text 77"))).isEqualTo("text 77");
    }

    @Test
    void takesNoLongText() {
        assertThat(number("x".repeat(2_000))).isEqualTo(NumberedTexts.NONE);
        assertThat(texts.isFull()).isFalse();
    }

    private int number(String text) {
        byte[] bytes = ("<" + text + "\"").getBytes(UTF_8);
        plain.read(bytes, 1, bytes.length);
        return texts.numberOf(bytes, 1, plain.end(), plain.hash());
    }
}
