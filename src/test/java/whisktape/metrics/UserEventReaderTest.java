package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** As a real user-events did with one message at a time. */
final class UserEventReaderTest {
    private static final String METRIC = UserEventMetricsTest.EVENT.replaceFirst(
            "\"body\":\\{[^}]*}", "\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "timestamp",
                "namespace",
                "userId",
                "source",
                "activationId",
                "conductor",
                "kind",
                "initTime",
                "waitTime",
                "eventType",
                "subject",
                "name",
                "statusCode",
                "duration",
                "memory"
            })
    void ignoresAnEventThatLacksAField(String field) {
        String without =
                UserEventMetricsTest.EVENT.replaceFirst("\"" + field + "\":(\"[^\"]*\"|[^,}]*)", "\"other\":1");

        assertThat(read(without)).isInstanceOf(UserEvent.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "timestamp | 1795427079834 | \"1795427079834\"",
                "duration | 3 | \"3\"",
                "memory | 256 | \"256\"",
                "statusCode | 0 | \"0\"",
                "duration | 3 | 9007199254740992",
                "duration | 3 | 4611686018427387904",
                "duration | 3 | 1e30",
                "duration | 3 | 3,\"causedBy\":false",
                "memory | 256 | 256,\"userDefinedStatusCode\":\"404\"",
                "subject | \"guest\" | \"four\"",
                "eventType | \"Activation\" | \"Surprise\"",
            })
    void ignoresAnEventWithAnOddField(String field, String usual, String odd) {
        assertThat(read(with(field, usual, odd))).isInstanceOf(UserEvent.Ignored.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "duration | 3 | 3,\"causedBy\":null",
                "duration | 3 | 3,\"size\":null",
                "duration | 3 | 3,\"size\":-7",
                "duration | 3 | 3,\"size\":1099511627776",
                "duration | 3 | 3,\"more\":[{}]",
                "duration | 3 | -3",
                "duration | 3 | 3.5",
                "memory | 256 | 256.5",
                "waitTime | 42 | 583915671",
                "timestamp | 1795427079834 | -1.5",
                "eventType | \"Activation\" | \"Metric\"",
                "userId | \"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\" | \"nobody\"",
                "activationId | \"a1484b6e79274812884b6e79274812c6\" | \"x\"",
                "name | \"guest/hello\" | \"guest/a b@c\"",
                "name | \"guest/hello\" | \"guest/hello@0.0.1\"",
                "name | \"guest/hello\" | \"/guest/hello\"",
                "name | \"guest/hello\" | \"guest/a/b/c\"",
                "name | \"guest/hello\" | \"guest//hello/\"",
            })
    void countsAnOddActivation(String field, String usual, String odd) {
        assertThat(read(with(field, usual, odd))).isInstanceOf(UserEvent.Activation.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "statusCode | 0 | 4",
                "statusCode | 0 | -1",
                "name | \"guest/hello\" | \"hello\"",
                "name | \"guest/hello\" | \"\"",
                "name | \"guest/hello\" | \"guest/he!lo\"",
                "name | \"guest/hello\" | \"guest/héllo\"",
            })
    void noticesWhatTheServiceFailsAtForEver(String field, String usual, String odd) {
        assertThat(read(with(field, usual, odd))).isInstanceOf(UserEvent.Poison.class);
    }

    @Test
    void takesNumbersAsScalaDoes() {
        UserEvent.Activation activation = (UserEvent.Activation) read(UserEventMetricsTest.EVENT
                .replace("\"duration\":3", "\"duration\":3.9,\"size\":1099511627775")
                .replace("\"waitTime\":42", "\"waitTime\":-42")
                .replace("\"initTime\":0", "\"initTime\":1e999999999"));

        assertThat(activation.durationMs()).isEqualTo(3);
        assertThat(activation.waitMs()).isZero();
        assertThat(activation.initMs()).isZero();
        assertThat(activation.responseSize()).hasValue(-1);
    }

    @Test
    void readsALimitWhateverTheEventTypeSays() {
        assertThat(read(METRIC)).isEqualTo(new UserEvent.Metric("Activation", "guest", "TimedRateLimit", 1));
        assertThat(read(METRIC.replace("\"metricValue\":1", "\"metricValue\":\"1\"")))
                .isInstanceOf(UserEvent.Ignored.class);
        assertThat(read(METRIC.replace("\"metricValue\":1", "\"more\":1"))).isInstanceOf(UserEvent.Ignored.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "null", "[]", "{}", "{}{}", "42", "{\"source\":"})
    void ignoresWhatIsNoEvent(String value) {
        assertThat(read(value)).isInstanceOf(UserEvent.Ignored.class);
        assertThat(UserEventReader.read(null)).isInstanceOf(UserEvent.Ignored.class);
    }

    private static String with(String field, String usual, String odd) {
        String changed = UserEventMetricsTest.EVENT.replace("\"" + field + "\":" + usual, "\"" + field + "\":" + odd);
        assertThat(changed).isNotEqualTo(UserEventMetricsTest.EVENT);
        return changed;
    }

    private static UserEvent read(String value) {
        return UserEventReader.read(value.getBytes(UTF_8));
    }
}
