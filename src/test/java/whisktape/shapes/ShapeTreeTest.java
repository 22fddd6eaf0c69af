package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Shape;

class ShapeTreeTest {
    private static final Shape ACTION = shape("{\"name\":\"<action>\"}");
    private static final Shape NUMBERS = shape("{\"name\":\"<action>\",\"size\":<response_chars>}");
    private static final Shape FLAG = shape("{\"name\":\"<action>\",\"conductor\":<conductor>}");

    private final ShapeTree<String> tree = new ShapeTree<>();

    ShapeTreeTest() {
        tree.add(ACTION, "action");
        tree.add(NUMBERS, "numbers");
        tree.add(FLAG, "flag");
    }

    @Test
    void tellsWhichShapeAMessageHasAndWhereItsValuesAre() {
        String text = "{\"name\":\"guest/hello\",\"size\":27}";

        assertThat(match(text)).isEqualTo("numbers");
        assertThat(cut(text, 0)).isEqualTo("guest/hello");
        assertThat(cut(text, 1)).isEqualTo("27");
        assertThat(tree.number(1)).isEqualTo(27);
        assertThat(match("{\"name\":\"\"}")).isEqualTo("action");
        assertThat(match("{\"name\":\"a\",\"conductor\":true}")).isEqualTo("flag");
        assertThat(match("{\"name\":\"a\",\"conductor\":false}")).isEqualTo("flag");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"name\":\"a",
                "{\"name\":\"a\"",
                "{\"name\":\"a\"} ",
                "{\"name\":\"a\\n\"}",
                "{\"name\":\"ä\"}",
                "{\"name\":\"a\tb\"}",
                "{\"name\":\"a\",\"size\":}",
                "{\"name\":\"a\",\"size\":-}",
                "{\"name\":\"a\",\"size\":1.5}",
                "{\"name\":\"a\",\"size\":1",
                "{\"name\":\"a\",\"conductor\":truth}",
                "{\"name\":\"a\",\"kind\":\"b\"}"
            })
    void recognisesNothingElse(String text) {
        assertThat(match(text)).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "7",
                "-7",
                "10",
                "999999999999999",
                "-999999999999999",
                "00",
                "-0",
                "07",
                "-07",
                "+7",
                "1000000000000000",
                "9999999999999999999",
                "7e0",
                "0x7"
            })
    void recognisesNumbersThatComeBackAsTheyWere(String number) {
        boolean comesBack = number.matches("-?\\d{1,15}")
                && Long.toString(Long.parseLong(number)).equals(number);

        assertThat(match("{\"name\":\"a\",\"size\":" + number + "}")).isEqualTo(comesBack ? "numbers" : null);
    }

    @Test
    void takesTheLongerOfTwoBeginnings() {
        tree.add(shape("{\"name\":\"<action>\",\"conductor\":true}"), "true");

        assertThat(match("{\"name\":\"a\",\"conductor\":true}")).isEqualTo("true");
        assertThat(match("{\"name\":\"a\",\"conductor\":false}")).isEqualTo("flag");
    }

    @Test
    void recognisesNoShapeThatCutsAFieldTwice() {
        tree.add(shape("{\"name\":\"<action>\",\"name2\":\"<action>\"}"), "twice");

        assertThat(match("{\"name\":\"a\",\"name2\":\"a\"}")).isNull();
    }

    /** Others stand before and behind it in the same bytes. */
    @Test
    void looksAtThisPartOfTheBytesOnly() {
        byte[] bytes = "7{\"name\":\"a\",\"size\":27}\"}".getBytes(UTF_8);

        assertThat(tree.match(bytes, 1, bytes.length - 2)).isEqualTo("numbers");
        assertThat(new String(bytes, tree.start(0), tree.end(0) - tree.start(0), UTF_8))
                .isEqualTo("a");
        for (int until = 1; until < bytes.length - 2; until++) {
            assertThat(tree.match(bytes, 1, until)).isNull();
        }
    }

    private String match(String text) {
        byte[] bytes = text.getBytes(UTF_8);
        return tree.match(bytes, 0, bytes.length);
    }

    private String cut(String text, int cut) {
        return text.substring(tree.start(cut), tree.end(cut));
    }

    private static Shape shape(String text) {
        return Shape.of(text.replaceAll("<(\\w+)>", Shape.MARK + "$1" + Shape.MARK));
    }
}
