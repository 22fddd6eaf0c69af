package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.OddMessages.withBodyField;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;
import whisktape.OddMessages;

class EventParserTest {
    private final EventParser parser = new EventParser();

    @Test
    void readsEveryFieldOfAnActivationEvent() {
        Event event = parse("""
                {"source":"invoker2","body":{"name":"acme/billing/makeInvoice","activationId":\
                "5f0c2b7a91d44e0f8c2b7a91d43e0f11","statusCode":0,"duration":412,"waitTime":37,"initTime":289,\
                "kind":"nodejs:20","conductor":false,"memory":256,"causedBy":"sequence","size":118,\
                "userDefinedStatusCode":201},"subject":"acme-user","namespace":"acme",\
                "userId":"7d3f1c52-0d0b-4c47-9a55-2f7b3b6f0e21","eventType":"Activation","timestamp":1760000000123}""");

        assertThat(event.envelope())
                .isEqualTo(new Event.Envelope(
                        "invoker2",
                        "acme-user",
                        "acme",
                        "7d3f1c52-0d0b-4c47-9a55-2f7b3b6f0e21",
                        "Activation",
                        1760000000123L));
        assertThat(event.body())
                .isEqualTo(new EventBody.Activation(
                        "acme/billing/makeInvoice",
                        "5f0c2b7a91d44e0f8c2b7a91d43e0f11",
                        0L,
                        412L,
                        37L,
                        289L,
                        "nodejs:20",
                        false,
                        256L,
                        "sequence",
                        118L,
                        201L));
        assertThat(event.oddFields()).isNull();
        assertThat(event.poison()).isNull();
    }

    @Test
    void readsAMetricEvent() {
        Event event = parse("""
                {"source":"controller0","body":{"metricName":"ConcurrentInvocations","metricValue":3},\
                "subject":"acme-user","namespace":"acme","userId":"7d3f1c52","eventType":"Metric",\
                "timestamp":1759999999644}""");

        assertThat(event.body()).isEqualTo(new EventBody.Metric("ConcurrentInvocations", 3L));
    }

    @Test
    void forgetsTheEventBefore() {
        parse(withBodyField("size", "1,\"causedBy\":\"sequence\",\"userDefinedStatusCode\":\"7\""));

        Event event = parse("{\"body\":{\"statusCode\":1}}");

        assertThat(event.body())
                .isEqualTo(
                        new EventBody.Activation(null, null, 1L, null, null, null, null, null, null, null, null, null));
        assertThat(event.envelope()).isEqualTo(Event.Envelope.ABSENT);
        assertThat(event.oddFields()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "412                  | 412                 | -",
                "-5                   | -5                  | -",
                "\"412\"              | 412                 | duration",
                "\" 412\"             | -                   | duration",
                "\"\"                 | -                   | duration",
                "412.0                | 412                 | duration",
                "412.5                | -                   | duration",
                "4.12e2               | 412                 | duration",
                "1e30                 | -                   | duration",
                "9223372036854775807  | 9223372036854775807 | -",
                "9223372036854775808  | -                   | duration",
                "null                 | -                   | -",
                "true                 | -                   | duration",
                "[1,[2]]              | -                   | duration",
                "{\"a\":{}}           | -                   | duration",
                "1,\"duration\":2     | 2                   | -"
            })
    void typesANumberWherePossible(String json, Long expected, String odd) {
        Event event = parse(withBodyField("duration", json));

        assertThat(((EventBody.Activation) event.body()).durationMs()).isEqualTo(expected);
        assertThat(((EventBody.Activation) event.body()).waitMs()).isEqualTo(42L);
        assertThat(event.oddFields()).isEqualTo(odd);
    }

    @Test
    void takesABooleanCausedByOfOldVersionsForNone() {
        Event event = parse(withBodyField("size", "1,\"causedBy\":false"));

        assertThat(((EventBody.Activation) event.body()).causedBy()).isNull();
        assertThat(event.oddFields()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty value            | empty value",
                "tombstone              | tombstone: no value",
                "white space            | only white space",
                "no JSON                | not JSON at byte 0",
                "array                  | not a JSON object",
                "null                   | not a JSON object",
                "two objects            | more text behind the JSON object",
                "no body                | no body",
                "body is a list         | no body",
                "empty body             | body is neither an activation nor a metric",
                "invalid UTF-8          | not UTF-8 at byte 17",
            })
    void saysWhyItCannotReadAMessage(String name, String reason) {
        Event event = parse(OddMessages.all().get(name).value());

        assertThat(event.body()).isInstanceOf(EventBody.Unreadable.class);
        assertThat(((EventBody.Unreadable) event.body()).reason()).startsWith(reason.replaceAll("byte \\d+$", "byte"));
    }

    @Test
    void stopsAtNothing() {
        assertThat(OddMessages.all()).hasSizeGreaterThanOrEqualTo(60);
        OddMessages.all().forEach((name, odd) -> {
            Event event = parse(odd.value());
            assertThat(event.message().value()).as(name).isSameAs(odd.value());
            if (event.body() instanceof EventBody.Unreadable unreadable) {
                assertThat(unreadable.reason()).as(name).isNotBlank().doesNotStartWith("parser failed");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "-1", "255"})
    void recognisesAStatusCodeThatUserEventsCannotGetPast(String statusCode) {
        assertThat(parse(withBodyField("statusCode", statusCode)).poison())
                .isEqualTo("status code " + statusCode + " is none of 0 to 3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"hello", "", "guest/he!lo", "guest/héllo", "guest/hello ", "guest//"})
    void recognisesANameThatUserEventsCannotGetPast(String name) {
        assertThat(parse(withBodyField("name", "\"" + name + "\"")).poison()).contains("name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"guest/a b@c", "guest/hello@0.0.1", "/guest/hello", "guest/a/b/c", "g/h", "guest//hello"})
    void takesUnusualNamesForWhatTheyAre(String name) {
        assertThat(parse(withBodyField("name", "\"" + name + "\"")).poison()).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"memory|\"256\"", "kind|null", "conductor|1", "size|1,\"causedBy\":false", "duration|1e30"})
    void findsNoPoisonInWhatUserEventsDropsWhileParsing(String field, String json) {
        String event = withBodyField(field, json).replace("\"statusCode\":0", "\"statusCode\":4");

        assertThat(parse(event).poison()).isNull();
    }

    private Event parse(String value) {
        return parse(value.getBytes(StandardCharsets.UTF_8));
    }

    private Event parse(byte[] value) {
        return parser.parse(new Message(1, 0, 0, 0, Message.TimestampType.CREATE, 0, null, value, List.of()));
    }
}
