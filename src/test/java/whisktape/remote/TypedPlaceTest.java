package whisktape.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.WhisktapeException;

final class TypedPlaceTest {
    @ParameterizedTest
    @CsvSource({
        "s3://bucket/run1, cannot open s3://bucket/run1: write s3a://bucket/run1",
        "S3N://bucket/run1, cannot open S3N://bucket/run1: write s3a://bucket/run1",
        "s3://key:secret@bucket/run1, 'cannot open a URI of s3 with keys in it; give them by AWS_ACCESS_KEY_ID and"
                + " AWS_SECRET_ACCESS_KEY'",
        "s3a:/bucket/run1, cannot open s3a:/bucket/run1: a URI of s3a names a host or a bucket behind two slashes",
    })
    void saysWhatToWriteInstead(String text, String message) {
        assertThatThrownBy(() -> Places.of(text))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run1", "./a b", "C:", "a:b/c", "https://host/x"})
    void leavesOtherNamesToThisMachine(String text) {
        assertThat(Places.of(text)).isEqualTo(Path.of(text));
    }

    @ParameterizedTest
    @CsvSource({"file:/x/y, /x/y", "file:///x/y, /x/y", "FILE:/a b, /a b", "file:x, file:x"})
    void knowsTheUriOfAFile(String text, String path) {
        assertThat(Places.of(text)).isEqualTo(Path.of(path));
    }
}
