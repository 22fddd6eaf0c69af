package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChangesTailTest {

    @Test
    void findsTheEndOfAPageAsCouchDbWritesIt() {
        Optional<ChangesTail> tail = find("{\"results\":[\n\n],\n\"last_seq\":\"5-x\",\"pending\":17}\n");

        assertThat(tail).contains(new ChangesTail("5-x", OptionalLong.of(17), 17));
    }

    @Test
    void findsTheEndOfAPageAsPouchDbWritesIt() {
        Optional<ChangesTail> tail = find("{\"results\":[{\"doc\":{\"last_seq\":\"no\"}}],\"last_seq\":12}");

        assertThat(tail).map(ChangesTail::lastSeq).contains("12");
        assertThat(tail.orElseThrow().pending()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{\"results\":[\n",
                "{\"results\":[\n],\n\"last_seq\":\"5-",
                "{\"results\":[\n],\n\"last_seq\":\"5-x\",\"pending\":1",
                "{\"results\":[\n],\n\"last_seq\":null}",
                "{\"results\":[\n{\"doc\":{\"last_seq\":\"5-x\"},\"n\":",
            })
    void findsNoneInAPageThatWasCut(String page) {
        assertThat(find(page)).isEmpty();
    }

    private static Optional<ChangesTail> find(String page) {
        byte[] body = page.getBytes(StandardCharsets.UTF_8);
        return ChangesTail.find(body, body.length);
    }
}
