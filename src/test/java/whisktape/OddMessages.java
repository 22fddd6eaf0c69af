package whisktape;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/** Messages that OpenWhisk does not send, or only an old one did, and that anybody may put on a topic. */
public final class OddMessages {
    /** A message without its place. */
    public record Odd(byte[] key, byte[] value, List<Message.Header> headers) {}

    private static final String ENVELOPE =
            "\"eventType\":\"Activation\",\"namespace\":\"guest\",\"source\":\"invoker1\","
                    + "\"subject\":\"guest\",\"timestamp\":1795427079834,\"userId\":\"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\"";
    private static final String BODY = "\"activationId\":\"a1484b6e79274812884b6e79274812c6\",\"conductor\":false,"
            + "\"duration\":3,\"initTime\":0,\"kind\":\"nodejs:20\",\"memory\":256,\"name\":\"guest/hello\",\"size\":27,"
            + "\"statusCode\":0,\"waitTime\":42";

    private OddMessages() {}

    /** An ordinary activation event, with one field of its body written otherwise. */
    public static String withBodyField(String field, String json) {
        return "{\"body\":{"
                + BODY.replaceFirst(
                        "\"" + field + "\":(\"[^\"]*\"|[^,]*)", Matcher.quoteReplacement("\"" + field + "\":" + json))
                + "}," + ENVELOPE + "}";
    }

    /** By what is odd about them. */
    public static Map<String, Odd> all() {
        Map<String, Odd> all = new LinkedHashMap<>();
        unreadable(all);
        envelopes(all);
        bodies(all);
        around(all);
        return all;
    }

    private static void unreadable(Map<String, Odd> all) {
        all.put("tombstone", new Odd(null, null, List.of()));
        all.put("tombstone with key", new Odd(bytes("k"), null, List.of()));
        value(all, "empty value", "");
        value(all, "white space", " \n ");
        value(all, "no JSON", "hello");
        value(all, "truncated", "{\"body\":{" + BODY.substring(0, 70));
        value(all, "array", "[{\"body\":{}}]");
        value(all, "open array", "[");
        value(all, "null", "null");
        value(all, "number", "42");
        value(all, "text", "\"text\"");
        value(all, "two objects", "{\"body\":{" + BODY + "}," + ENVELOPE + "}{}");
        value(all, "no body", "{" + ENVELOPE + "}");
        value(all, "body is a list", "{\"body\":[1]," + ENVELOPE + "}");
        value(all, "body is null", "{\"body\":null," + ENVELOPE + "}");
        value(all, "empty body", "{\"body\":{}," + ENVELOPE + "}");
        value(all, "empty object", "{}");
        value(all, "raw NUL", "{\"body\":{\"name\":\"a\0b\"}}");
        value(all, "only NUL", "\0\0\0");
        all.put(
                "invalid UTF-8",
                new Odd(
                        null,
                        concat(bytes("{\"body\":{\"name\":\""), new byte[] {(byte) 0xc3, 0x28}, bytes("\"}}")),
                        List.of()));
        for (String encoding : List.of("UTF-16", "UTF-16LE", "UTF-32BE")) {
            byte[] event = ("{\"body\":{" + BODY + "}," + ENVELOPE + "}").getBytes(Charset.forName(encoding));
            all.put(encoding, new Odd(null, event, List.of()));
        }
        all.put("binary", new Odd(null, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, (byte) 0x80}, List.of()));
        value(all, "deep nesting", "[".repeat(200_000) + "]".repeat(200_000));
    }

    private static void envelopes(Map<String, Odd> all) {
        value(
                all,
                "schema of 2018",
                "{\"source\":\"invoker0\",\"body\":{\"name\":\"guest/hello\",\"statusCode\":0,"
                        + "\"duration\":3,\"waitTime\":42,\"initTime\":0,\"kind\":\"unknown_kind\",\"conductor\":false,"
                        + "\"memory\":256,\"causedBy\":false},\"subject\":\"guest\",\"namespace\":\"guest\","
                        + "\"userId\":\"23bc46b1-71f6-4ed5-8c54-816aa4f8c502\",\"eventType\":\"Activation\","
                        + "\"timestamp\":1525046400000}");
        value(
                all,
                "unknown event type",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("Activation", "Surprise") + "}");
        value(
                all,
                "event type says metric",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("Activation", "Metric") + "}");
        value(
                all,
                "timestamp as text",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("1795427079834", "\"1795427079834\"") + "}");
        value(
                all,
                "timestamp with fraction",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("1795427079834", "1795427079834.5") + "}");
        value(
                all,
                "timestamp beyond all calendars",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("1795427079834", "9223372036854775807") + "}");
        value(
                all,
                "negative timestamp",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("1795427079834", "-9223372036854775808") + "}");
        value(
                all,
                "body twice",
                "{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1},\"body\":{" + BODY + "}," + ENVELOPE
                        + "}");
        value(
                all,
                "extra fields",
                "{\"extra\":{\"deep\":[1,{\"x\":null}]},\"body\":{\"more\":[[]]," + BODY + "}," + ENVELOPE + "}");
        value(
                all,
                "deep extra field",
                "{\"extra\":" + "[".repeat(100_000) + "]".repeat(100_000) + ",\"body\":{" + BODY + "}," + ENVELOPE
                        + "}");
        value(
                all,
                "short subject",
                "{\"body\":{" + BODY + "}," + ENVELOPE.replace("\"subject\":\"guest\"", "\"subject\":\"me\"") + "}");
        value(all, "900 KB", "{\"body\":{" + BODY + "}," + ENVELOPE + ",\"pad\":\"" + "x".repeat(900_000) + "\"}");
        value(all, "name of 100 KB", withBodyField("name", "\"guest/" + "n".repeat(100_000) + "\""));
        value(all, "byte order mark", "\ufeff{\"body\":{" + BODY + "}," + ENVELOPE + "}");
    }

    private static void bodies(Map<String, Odd> all) {
        value(all, "number as text", withBodyField("duration", "\"412\""));
        value(all, "no number as text", withBodyField("duration", "\"soon\""));
        value(all, "long beyond int", withBodyField("duration", "4294967296"));
        value(all, "number beyond long", withBodyField("duration", "1" + "0".repeat(5_000)));
        value(all, "1e30", withBodyField("duration", "1e30"));
        value(all, "whole fraction", withBodyField("memory", "256.0"));
        value(all, "fraction", withBodyField("memory", "256.5"));
        value(all, "negative wait", withBodyField("waitTime", "-17"));
        value(all, "wait of days", withBodyField("waitTime", "583915671"));
        value(all, "null fields", withBodyField("size", "null"));
        value(all, "flag as text", withBodyField("conductor", "\"true\""));
        value(all, "name is a number", withBodyField("name", "7"));
        value(all, "name is a list", withBodyField("name", "[\"guest\",\"hello\"]"));
        value(all, "name with NUL", withBodyField("name", "\"guest/a\\u0000b\""));
        value(all, "half a surrogate", withBodyField("name", "\"guest/\\ud800\""));
        value(all, "key twice", withBodyField("duration", "1,\"duration\":2"));
        value(all, "causedBy true", withBodyField("size", "1,\"causedBy\":true"));
        value(all, "metric without value", "{\"body\":{\"metricName\":\"TimedRateLimit\"}," + ENVELOPE + "}");
        value(all, "metric name is a number", "{\"body\":{\"metricName\":1,\"metricValue\":\"1\"}," + ENVELOPE + "}");
        value(all, "unknown metric", "{\"body\":{\"metricName\":\"Surprise\",\"metricValue\":-5}," + ENVELOPE + "}");
        value(all, "activation without id", "{\"body\":{\"name\":\"guest/hello\"}," + ENVELOPE + "}");
    }

    private static void around(Map<String, Odd> all) {
        byte[] event = bytes("{\"body\":{" + BODY + "}," + ENVELOPE + "}");
        all.put("key", new Odd(bytes("key"), event, List.of()));
        all.put("empty key", new Odd(new byte[0], event, List.of()));
        all.put("binary key", new Odd(new byte[] {0, -1, -128}, event, List.of()));
        all.put(
                "headers",
                new Odd(
                        null,
                        event,
                        List.of(
                                new Message.Header("traceparent", bytes("00-abc-01")),
                                new Message.Header("traceparent", null),
                                new Message.Header("", new byte[0]),
                                new Message.Header("ünï", new byte[] {-1, 0}))));
        all.put("tombstone with header", new Odd(null, null, List.of(new Message.Header("a", bytes("b")))));
    }

    private static void value(Map<String, Odd> all, String name, String text) {
        all.put(name, new Odd(null, bytes(text), List.of()));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
