package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import whisktape.WhisktapeException;

class KafkaFailureTest {

    @Test
    void namesASettingThatKafkaDoesNotTake() {
        assertThatThrownBy(() -> KafkaTarget.connect("localhost:1", "events", Map.of("security.protocol", "NONE")))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("cannot replay into topic events at localhost:1: ")
                .hasMessageContaining("security.protocol");
    }

    @Test
    void namesAnAddressThatIsNone() {
        assertThatThrownBy(() -> KafkaTarget.connect("localhost", "events", Map.of()))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("cannot replay into topic events at localhost: Invalid url in bootstrap.servers: localhost;"
                        + " check --to, --topic and --kafka-config");
    }

    @Test
    void doesNotQuoteThePasswordThatKafkaStumblesOver() {
        Map<String, Object> client = Map.of(
                "security.protocol", "SASL_PLAINTEXT",
                "sasl.mechanism", "PLAIN",
                "sasl.jaas.config", "PlainLoginModule required username=u password=very secret;");

        assertThatThrownBy(() -> KafkaTarget.connect("localhost:1", "events", client))
                .isInstanceOf(WhisktapeException.class)
                .hasNoCause()
                .hasMessage("cannot replay into topic events at localhost:1: Kafka cannot read sasl.jaas.config in the"
                        + " file given to --kafka-config");
    }
}
