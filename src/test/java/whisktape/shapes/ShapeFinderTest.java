package whisktape.shapes;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.EventField;
import whisktape.Shape;

class ShapeFinderTest {
    private final ShapeFinder finder = new ShapeFinder();
    private final Object[] values = new Object[EventField.COUNT];

    @BeforeEach
    void fillValues() {
        set(EventField.EVENT_SOURCE, "invoker0");
        set(EventField.ACTION, "guest/höllo");
        set(EventField.DURATION_MS, 412L);
        set(EventField.CONDUCTOR, false);
    }

    @Test
    void cutsOutWhatTheColumnsHold() {
        assertThat(
                        find(
                                "{\"source\":\"invoker0\", \"body\":{\"conductor\":false,\"name\":\"guest/höllo\",\"duration\":412}}"))
                .isEqualTo("{\"source\":\"<event_source>\", \"body\":{\"conductor\":<conductor>,\"name\":\"<action>\","
                        + "\"duration\":<duration_ms>}}");
    }

    @Test
    void knowsTheShapeAgainWithOtherValues() {
        Shape first = finder.find(bytes("{\"source\":\"invoker0\",\"body\":{\"duration\":412}}"), values);
        set(EventField.EVENT_SOURCE, "invoker17");
        set(EventField.DURATION_MS, -9L);

        assertThat(finder.find(bytes("{\"source\":\"invoker17\",\"body\":{\"duration\":-9}}"), values))
                .isSameAs(first);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"body\":{\"duration\":412.0,\"name\":\"guest/h\\u00f6llo\"}}",
                "{\"body\":{\"duration\":\"4120\",\"name\":\"guest/höllo2\"},\"duration\":412}",
                "{\"extra\":{\"duration\":412,\"body\":{\"duration\":412}},\"body\":[{\"duration\":412}]}",
                "{\"body\":{\"deeper\":{\"duration\":412}}}",
                "[412]",
                "412",
                "",
                "{\"source\":\"invoker0\"",
                "{\"source\":\"invoker0\"}}",
                "{\"source\":\"invoker0\u001a\"}"
            })
    void leavesTheBytesWhereNoColumnHoldsWhatStandsThere(String text) {
        assertThat(finder.find(bytes(text), values)).isNull();
    }

    @Test
    void cutsOnlyTheRepeatedKeyThatTheColumnHolds() {
        assertThat(find("{\"body\":{\"duration\":7,\"duration\":412}}"))
                .isEqualTo("{\"body\":{\"duration\":7,\"duration\":<duration_ms>}}");
    }

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                -1,
                9,
                10,
                -9,
                -10,
                99,
                100,
                999_999_999_999_999_999L,
                1_000_000_000_000_000_000L,
                -1_000_000_000_000_000_000L,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void putsBackEachNumber(long number) {
        set(EventField.DURATION_MS, number);
        byte[] bytes = bytes("{\"body\":{\"duration\":" + number + "}}");

        Shape shape = finder.find(bytes, values);

        assertThat(ShapedBytes.of(shape, values)).isEqualTo(bytes);
        for (long other : new long[] {number + 1, number / 10, -number, number ^ 1}) {
            set(EventField.DURATION_MS, other);
            assertThat(shape.gives(bytes, values)).isEqualTo(other == number);
            assertThat(new String(ShapedBytes.of(shape, values), UTF_8))
                    .isEqualTo("{\"body\":{\"duration\":" + other + "}}");
        }
    }

    @Test
    void givesUpWhereEachMessageHasAShapeOfItsOwn() {
        for (int i = 0; i < 64; i++) {
            assertThat(finder.find(bytes("{\"source\":\"invoker0\",\"n\":" + i + "}"), values))
                    .isNotNull();
        }

        assertThat(finder.find(bytes("{\"source\":\"invoker0\",\"n\":64}"), values))
                .isNull();
        assertThat(finder.find(bytes("{\"source\":\"invoker0\",\"n\":63}"), values))
                .isNotNull();
    }

    @Test
    void findsAShapeThatComesAgainAndAgainThoughManyOthersCameBefore() {
        byte[] common = bytes("{\"source\":\"invoker0\"}");
        for (int i = 0; i < 64; i++) {
            finder.find(bytes("{\"source\":\"invoker0\",\"n\":" + i + "}"), values);
        }
        assertThat(finder.find(common, values)).isNull();

        for (int i = 0; i < 64; i++) {
            finder.find(common, values);
        }

        assertThat(finder.find(common, values)).isNotNull();
    }

    /** Whatever is claimed to fit gives the same bytes. */
    @Test
    void neverTakesAShapeThatGivesOtherBytes() {
        SplittableRandom random = new SplittableRandom(7);
        byte[] event = bytes(
                "{\"source\":\"invoker0\",\"body\":{\"conductor\":false,\"name\":\"guest/höllo\",\"duration\":412}}");
        int found = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] changed = event.clone();
            for (int change = random.nextInt(3); change > 0; change--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            Shape shape = finder.find(Arrays.copyOf(changed, changed.length - random.nextInt(2)), values);
            if (shape != null) {
                found++;
                assertThat(ShapedBytes.of(shape, values)).hasSizeLessThanOrEqualTo(changed.length);
                assertThat(Arrays.mismatch(ShapedBytes.of(shape, values), changed))
                        .isIn(-1, changed.length - 1);
            }
        }
        assertThat(found).isGreaterThan(1_000);
    }

    /** Jackson reads them, and whisktape's parser may too. */
    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "UTF-32BE"})
    void leavesTheBytesOfAWideEncoding(String encoding) {
        byte[] bytes = "{\"source\":\"invoker0\",\"body\":{\"duration\":412}}".getBytes(Charset.forName(encoding));

        assertThat(finder.find(bytes, values)).isNull();
    }

    @Test
    void refusesAShapeWithACutOfNoColumn() {
        assertThatThrownBy(() -> Shape.of("{\"a\":\u001anone\u001a}")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Shape.of("{\"a\":\u001aaction")).isInstanceOf(IllegalArgumentException.class);
    }

    private String find(String text) {
        Shape shape = finder.find(bytes(text), values);
        assertThat(ShapedBytes.of(shape, values)).isEqualTo(bytes(text));
        return shape.text().replaceAll("\u001a(\\w+)\u001a", "<$1>");
    }

    private void set(EventField column, Object value) {
        values[column.ordinal()] = value instanceof String text ? bytes(text) : value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
