package whisktape.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import whisktape.Event;
import whisktape.Message;
import whisktape.OddMessages;
import whisktape.shapes.ShapedBytes;

/** A parser that knows the shapes of many events reads each as a parser does that has never seen one. */
class ShapedEventsTest {
    private static final String[] VALUES = {
        "\"\"",
        "\"guest\"",
        "\"gu\\u0065st\"",
        "\"gü\"",
        "\"a\\\"b\"",
        "\"x/y\"",
        "\"sequence\"",
        "\"Metric\"",
        "0",
        "-0",
        "00",
        "-7",
        "7",
        "07",
        "7.0",
        "7e0",
        "7E2",
        "4",
        "-1",
        "123456789012345",
        "1234567890123456",
        "9007199254740993",
        "9223372036854775808",
        "null",
        "true",
        "false",
        "\"7\"",
        "[]",
        "[7]",
        "{}",
        "{\"name\":7}"
    };
    private static final String[] FIELDS = {
        "source", "subject", "namespace", "userId", "eventType", "timestamp", "name", "activationId", "statusCode",
        "duration", "waitTime", "initTime", "kind", "conductor", "memory", "causedBy", "size", "userDefinedStatusCode",
        "metricName", "metricValue", "extra", "body.name", "body.duration"
    };

    private final EventParser experienced = new EventParser();
    private final SplittableRandom random = new SplittableRandom(11);

    @Test
    void readsEventsAsIfTheyWereTheFirst() {
        List<String> events = new ArrayList<>(List.of(
                OddMessages.withBodyField("duration", "412"),
                OddMessages.withBodyField("initTime", "0,\"causedBy\":\"sequence\",\"userDefinedStatusCode\":404"),
                OddMessages.withBodyField("initTime", "null"),
                "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},\"eventType\":\"Metric\","
                        + "\"namespace\":\"guest\",\"source\":\"controller0\",\"subject\":\"guest\",\"timestamp\":17,"
                        + "\"userId\":\"23bc46b1\"}",
                "{ \"eventType\" : \"Activation\" , \"body\" : { \"name\" : \"guest/hello\" , \"size\" : 3 } }"));
        for (int i = 0; i < 30_000; i++) {
            String text = changed(events.get(random.nextInt(events.size())));
            assertReadAlike(text.getBytes(UTF_8));
            if (i % 3_000 == 0) {
                // What comes next is a change of a change.
                events.add(text);
            }
        }
    }

    @Test
    void readsDamagedEventsAsIfTheyWereTheFirst() {
        byte[] event = OddMessages.withBodyField("duration", "412").getBytes(UTF_8);
        assertReadAlike(event);
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = event.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
            assertReadAlike(Arrays.copyOf(damaged, damaged.length + random.nextInt(3) - 1));
        }
    }

    @Test
    void readsOddMessagesAsIfTheyWereTheFirst() {
        for (int i = 0; i < 2; i++) {
            OddMessages.all().values().stream()
                    .map(OddMessages.Odd::value)
                    .filter(value -> value != null && value.length > 0)
                    .forEach(this::assertReadAlike);
        }
    }

    /** The one that is cut out is not the one that counts. */
    @Test
    void learnsNothingFromRepeatedFields() {
        assertReadAlike("{\"body\":{\"name\":\"a\",\"name\":\"\\u0061\"}}".getBytes(UTF_8));
        assertReadAlike("{\"body\":{\"name\":\"b\",\"name\":\"\\u0061\"}}".getBytes(UTF_8));
    }

    @Test
    void readsEventsOfAnyNumberOfShapes() {
        for (int i = 0; i < 100_000; i++) {
            experienced.parse(
                    message(("{\"n\":" + i + ",\"body\":{\"name\":\"g/h\",\"duration\":1}}").getBytes(UTF_8)));
            if (i % 50 == 0) {
                assertReadAlike(OddMessages.withBodyField("duration", Integer.toString(i))
                        .getBytes(UTF_8));
            }
        }
    }

    /** The name looks like a place in the body. */
    @Test
    void tellsANameWithADotFromAPlace() {
        for (int number : new int[] {1, 777}) {
            assertReadAlike(
                    ("{\"body.duration\":" + number + ",\"body\":{\"name\":\"g/h\",\"duration\":1}}").getBytes(UTF_8));
            assertReadAlike(
                    ("{\"body\":{\"name\":\"g/h\",\"duration\":1},\"body.duration\":" + number + "}").getBytes(UTF_8));
        }
    }

    private String changed(String event) {
        StringBuilder text = new StringBuilder(event);
        for (int change = random.nextInt(4); change > 0; change--) {
            String field = "\"" + FIELDS[random.nextInt(FIELDS.length)] + "\"";
            String value = VALUES[random.nextInt(VALUES.length)];
            int at = text.indexOf(field);
            if (at >= 0 && random.nextInt(8) > 0) {
                int from = text.indexOf(":", at) + 1;
                text.replace(from, endOfValue(text, from), value);
            } else {
                int brace = random.nextBoolean() ? 0 : text.lastIndexOf("{");
                text.insert(brace + 1, field + ":" + value + ",");
            }
        }
        return text.toString();
    }

    private static int endOfValue(StringBuilder text, int from) {
        int at = from;
        while (at < text.length() && ",}".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return at;
    }

    private void assertReadAlike(byte[] value) {
        Event known = experienced.parse(message(value));
        Event first = new EventParser().parse(message(value));

        assertThat(ReadEvent.isSame(known, first))
                .as("%s%nexperienced %s%nfirst %s", new String(value, UTF_8), known, first)
                .isTrue();
        if (known.shape() != null) {
            assertThat(ShapedBytes.of(known)).as("%s", known).isEqualTo(value);
        }
    }

    private static Message message(byte[] value) {
        return new Message(1, 0, 0, 0, Message.TimestampType.CREATE, 0, null, value, List.of());
    }
}
