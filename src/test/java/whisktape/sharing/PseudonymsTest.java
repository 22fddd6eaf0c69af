package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.WhisktapeException;

/** Names that stand for others. */
final class PseudonymsTest {
    @TempDir
    private Path temp;

    /** Who shares today and in a year with the same salt must get the same names: these may never change. */
    @Test
    void areTheSameForTheSameSaltForEver() throws IOException {
        Redaction redaction = redaction(Salt.of(Files.writeString(temp.resolve("salt"), "0123456789abcdef")));

        assertThat(redaction.path("guest/utils/upper")).isEqualTo("ns-iqrt56wayu/pkg-pc2wcvatmi/action-er2plx7rhc");
        assertThat(redaction.namespace("guest")).isEqualTo("ns-iqrt56wayu");
        assertThat(redaction.action("upper")).isEqualTo("action-er2plx7rhc");
        assertThat(redaction.userId("23bc46b1-71f6-4ed5-8c54-816aa4f8c502"))
                .isEqualTo("7c7fb384-1fb9-f224-d48e-505e7dbea0d8");
    }

    @Test
    void areOthersForAnotherSaltAndForAnotherKindOfName() {
        Redaction redaction = redaction(Salt.random());

        assertThat(redaction(Salt.random()).namespace("guest")).isNotEqualTo(redaction.namespace("guest"));
        assertThat(redaction.subject("guest").substring("subject-".length()))
                .isNotEqualTo(redaction.namespace("guest").substring("ns-".length()));
    }

    @ParameterizedTest
    @CsvSource({
        "guest/hello, ns-/action-",
        "/guest/hello, /ns-/action-",
        "guest//hello, ns-//action-",
        "hello, action-",
        "guest/utils/upper, ns-/pkg-/action-",
        "guest/a/b/c, ns-/pkg-/pkg-/action-",
        "guest/!bad, ns-/!action-",
        "whisk.system/invokerHealthTestAction0, whisk.system/invokerHealthTestAction0",
        "whisk.system/invokerHealthTestActionberlin, whisk.system/invokerHealthTestAction-",
        "whisk.system/utils/echo, whisk.system/pkg-/action-"
    })
    void keepTheShapeOfAPath(String path, String shape) {
        assertThat(redaction(Salt.random()).path(path).replaceAll("-[a-z2-7]{10}", "-"))
                .isEqualTo(shape);
    }

    @ParameterizedTest
    @ValueSource(strings = {"nodejs:20", "python:3.11", "java:8", "go:default", "blackbox", "sequence"})
    void doNotStandForRuntimesThatEverybodyHas(String kind) {
        assertThat(redaction(Salt.random()).kind(kind)).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"controller0,controller0", "invoker12,invoker12", "controller-berlin,controller-", "berlin,source-"})
    void keepWhatAnEmitterIs(String source, String kept) {
        assertThat(redaction(Salt.random()).emitter(source)).startsWith(kept);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "123456789012345"})
    void takeNoShortSalt(String salt) throws IOException {
        Path file = Files.writeString(temp.resolve("salt"), salt);

        assertThatThrownBy(() -> Salt.of(file))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("cannot use " + file + " as salt: it has " + salt.length()
                        + " bytes, and a salt takes 16 to 1,048,576; make one by: head -c 32 /dev/urandom > FILE");
    }

    private static Redaction redaction(Salt salt) {
        return new Redaction(EnumSet.noneOf(Keep.class), new Pseudonyms(salt), new Originals(Set.of()));
    }
}
