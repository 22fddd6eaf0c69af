package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventTimestampTest {

    @Test
    void movesTheDigitsAndNothingElse() {
        assertThat(shift(
                        "{ \"body\":{\"timestamp\":7,\"x\":\"\\u0041\"} ,\t\"timestamp\" : 1760000000123 ,\"z\":1.50}",
                        1000))
                .hasValue(
                        "{ \"body\":{\"timestamp\":7,\"x\":\"\\u0041\"} ,\t\"timestamp\" : 1760000001123 ,\"z\":1.50}");
    }

    @Test
    void makesRoomForMoreDigitsOrFewer() {
        assertThat(shift("{\"timestamp\":999}", 1)).hasValue("{\"timestamp\":1000}");
        assertThat(shift("{\"timestamp\":1000,\"a\":1}", -2000)).hasValue("{\"timestamp\":-1000,\"a\":1}");
        assertThat(shift("{\"timestamp\":1000}", -1)).hasValue("{\"timestamp\":999}");
    }

    @Test
    void countsBytesWhereCharactersAreSeveral() {
        assertThat(shift("{\"source\":\"größe 😀\",\"timestamp\":5}", 1))
                .hasValue("{\"source\":\"größe 😀\",\"timestamp\":6}");
    }

    @Test
    void knowsTheFieldByItsEscapedNameToo() {
        assertThat(shift("{\"timest\\u0061mp\":5}", 1)).hasValue("{\"timest\\u0061mp\":6}");
    }

    @Test
    void findsTheDigitsBehindAByteOrderMark() {
        assertThat(shift("\uFEFF{\"timestamp\":5}", 1)).hasValue("\uFEFF{\"timestamp\":6}");
    }

    @Test
    void movesTheLastWhereTheFieldIsRepeated() {
        assertThat(shift("{\"timestamp\":\"5\",\"timestamp\":6}", 1)).hasValue("{\"timestamp\":\"5\",\"timestamp\":7}");
    }

    @Test
    void readsWhatIsDeeperThanParsersLike() {
        String deep = "[".repeat(5000) + "]".repeat(5000);

        assertThat(shift("{\"a\":" + deep + ",\"timestamp\":5}", 1)).hasValue("{\"a\":" + deep + ",\"timestamp\":6}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "no JSON",
                "null",
                "17",
                "[{\"timestamp\":5}]",
                "{\"body\":{\"timestamp\":5}}",
                "{\"timestamp\":\"5\"}",
                "{\"timestamp\":5.5}",
                "{\"timestamp\":1e3}",
                "{\"timestamp\":null}",
                "{\"timestamp\":{\"timestamp\":5}}",
                "{\"timestamp\":5,\"timestamp\":\"6\"}",
                "{\"timestamp\":9223372036854775808}",
                "{\"timestamp\":9223372036854775807}",
                "{\"timestamp\":5",
                "{\"timestamp\":5,",
                "{\"timestamp\":5}{\"timestamp\":5}",
                "{\"timestamp\":5} x",
                "{\"timestamp\":05}"
            })
    void leavesAloneWhatHasNoOneWholeNumberThere(String json) {
        assertThat(shift(json, 1)).isEmpty();
    }

    @Test
    void leavesAloneWhatIsNotUtf8() {
        for (Charset charset : new Charset[] {StandardCharsets.UTF_16BE, StandardCharsets.UTF_16LE}) {
            assertThat(EventTimestamp.shift("{\"timestamp\":5}".getBytes(charset), 1))
                    .as(charset.name())
                    .isEmpty();
        }
        assertThat(EventTimestamp.shift(new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'}, 1))
                .isEmpty();
        assertThat(EventTimestamp.shift(null, 1)).isEmpty();
    }

    private static Optional<String> shift(String json, long milliseconds) {
        return EventTimestamp.shift(json.getBytes(StandardCharsets.UTF_8), milliseconds)
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }
}
