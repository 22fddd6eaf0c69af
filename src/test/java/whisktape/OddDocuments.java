package whisktape;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Documents of an activations database: what OpenWhisk writes, and what it does not and anybody may put there. */
public final class OddDocuments {
    private static final Path FOLDER = Path.of("src/test/resources/documents");

    /** An activation with every field, in CouchDB's form. */
    private static final String FULL = """
            {"_id":"acme/5f0c2b7a91d44e0f8c2b7a91d43e0f11","_rev":"1-9c41","entityType":"activation",\
            "updated":1760000000119,"namespace":"acme","name":"makeInvoice","version":"0.0.7","subject":"acme-user",\
            "activationId":"5f0c2b7a91d44e0f8c2b7a91d43e0f11","start":1759999999680,"end":1760000000092,"duration":412,\
            "cause":"0b7d5e62c3f84a19bd5e62c3f8ea1907","publish":false,\
            "response":{"statusCode":0,"result":{"paid":true},"size":118},\
            "logs":["2025-10-09T08:53:19.990000000Z stdout: invoice 17"],\
            "annotations":[{"key":"path","value":"acme/billing/makeInvoice"},{"key":"kind","value":"nodejs:20"},\
            {"key":"limits","value":{"timeout":60000,"memory":256,"logs":10,"concurrency":1,"instances":5}},\
            {"key":"timeout","value":false},{"key":"waitTime","value":37},{"key":"initTime","value":289},\
            {"key":"causedBy","value":"sequence"},{"key":"binding","value":"acme/bound"}]}""";

    private OddDocuments() {}

    /** An activation with every field, as text. */
    public static String full() {
        return FULL;
    }

    /** The same with this piece written otherwise. */
    public static String with(String piece, String instead) {
        if (!FULL.contains(piece)) {
            throw new IllegalArgumentException(piece + " is not in the document");
        }
        return FULL.replace(piece, instead);
    }

    /** One of the documents in the folder, without the line end. */
    public static byte[] sample(String name) {
        try {
            return bytes(Files.readString(FOLDER.resolve(name + ".json")).strip());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** By what is odd about them. */
    public static Map<String, byte[]> all() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        unreadable(all);
        fields(all);
        annotations(all);
        payloads(all);
        return all;
    }

    private static void unreadable(Map<String, byte[]> all) {
        put(all, "empty", "");
        put(all, "white space", " \n");
        put(all, "no JSON", "hello");
        put(all, "truncated", FULL.substring(0, 400));
        put(all, "null", "null");
        put(all, "list", "[" + FULL + "]");
        put(all, "open list", "[");
        put(all, "text", "\"text\"");
        put(all, "two objects", FULL + "{}");
        put(all, "empty object", "{}");
        put(all, "action", "{\"_id\":\"acme/makeInvoice\",\"_rev\":\"3-1\",\"entityType\":\"action\",\"exec\":{}}");
        put(all, "long entity type", "{\"entityType\":\"" + "x".repeat(100_000) + "\"}");
        put(all, "raw NUL", FULL.replace("makeInvoice\",\"version", "a\0b\",\"version"));
        all.put("invalid UTF-8", replaceByte(FULL.replace("acme-user", "?cme-user"), '?', (byte) 0xc3));
        all.put(
                "half a surrogate in bytes",
                concat("{\"activationId\":\"", new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, "\"}"));
        all.put("UTF-16", FULL.getBytes(StandardCharsets.UTF_16LE));
        all.put("binary", new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1, 2, (byte) 0x80});
        put(all, "deep nesting", "[".repeat(200_000) + "]".repeat(200_000));
    }

    private static void fields(Map<String, byte[]> all) {
        put(all, "byte order mark", "\ufeff" + FULL);
        put(all, "number as text", with("\"duration\":412", "\"duration\":\"412\""));
        put(all, "number beyond long", with("\"duration\":412", "\"duration\":1" + "0".repeat(5_000)));
        put(all, "fraction", with("\"start\":1759999999680", "\"start\":1759999999680.5"));
        put(all, "whole fraction", with("\"start\":1759999999680", "\"start\":1759999999680.0"));
        put(all, "start is an object", with("\"start\":1759999999680", "\"start\":{\"$date\":1}"));
        put(all, "null fields", with("\"cause\":\"0b7d5e62c3f84a19bd5e62c3f8ea1907\"", "\"cause\":null"));
        put(all, "name is a list", with("\"name\":\"makeInvoice\"", "\"name\":[\"make\"]"));
        put(all, "half a surrogate", with("\"name\":\"makeInvoice\"", "\"name\":\"\\ud800\""));
        put(all, "flag as text", with("\"publish\":false", "\"publish\":\"no\""));
        put(all, "key twice", with("\"duration\":412", "\"duration\":1,\"duration\":2"));
        put(all, "deep extra field", with("\"publish\":false", "\"x\":" + "[".repeat(100_000) + "]".repeat(100_000)));
        put(all, "attachments", with("\"publish\":false", "\"_attachments\":{\"a\":{\"stub\":true}}"));
        put(all, "without id", "{\"entityType\":\"activation\",\"namespace\":\"acme\"}");
        put(
                all,
                "activation id is a number",
                with("\"activationId\":\"5f0c2b7a91d44e0f8c2b7a91d43e0f11\"", "\"activationId\":7"));
        put(all, "8 MB", with("{\"paid\":true}", "\"" + "x".repeat(8_000_000) + "\""));
    }

    private static void annotations(Map<String, byte[]> all) {
        put(
                all,
                "annotation with value first",
                with("{\"key\":\"initTime\",\"value\":289}", "{\"value\":289,\"init\":true,\"key\":\"initTime\"}"));
        put(
                all,
                "annotation twice",
                with(
                        "{\"key\":\"initTime\",\"value\":289}",
                        "{\"key\":\"initTime\",\"value\":1},{\"key\":\"initTime\",\"value\":289}"));
        put(all, "annotation without value", with("{\"key\":\"initTime\",\"value\":289}", "{\"key\":\"initTime\"}"));
        put(all, "annotation without key", with("{\"key\":\"initTime\",\"value\":289}", "{\"value\":289}"));
        put(all, "annotation is a number", with("{\"key\":\"initTime\",\"value\":289}", "289"));
        put(all, "annotations are a text", with("\"annotations\":[", "\"annotations\":\"none\",\"more\":["));
        put(all, "annotations are null", with("\"annotations\":[", "\"annotations\":null,\"more\":["));
        put(
                all,
                "limits are a list",
                with("{\"timeout\":60000,\"memory\":256,\"logs\":10,\"concurrency\":1,\"instances\":5}", "[60000]"));
        put(all, "limits as texts", with("\"memory\":256", "\"memory\":\"256 MB\""));
        put(all, "negative wait", with("\"key\":\"waitTime\",\"value\":37", "\"key\":\"waitTime\",\"value\":-17"));
    }

    private static void payloads(Map<String, byte[]> all) {
        put(all, "response is a text", with("{\"statusCode\":0,\"result\":{\"paid\":true},\"size\":118}", "\"paid\""));
        put(all, "no result", with("\"result\":{\"paid\":true},", ""));
        put(all, "result twice", with("\"result\":{\"paid\":true}", "\"result\":[1],\"result\":\"paid\""));
        put(all, "response twice", with("\"publish\":false", "\"response\":{\"result\":\"paid\"}"));
        put(all, "result with escapes", with("{\"paid\":true}", "{\"paid\":\"\\\\\\\"}]\\u0000é😀\"}"));
        put(all, "logs are a text", with("[\"2025-10-09T08:53:19.990000000Z stdout: invoice 17\"]", "\"invoice 17\""));
        put(all, "logs hold numbers", with("\"2025-10-09T08:53:19.990000000Z stdout: invoice 17\"", "17,null,[17]"));
        put(all, "logs are null", with("[\"2025-10-09T08:53:19.990000000Z stdout: invoice 17\"]", "null"));
        put(all, "logs hold JSON", with("2025-10-09T08:53:19.990000000Z stdout: invoice 17", "{\\\"rule\\\":7}"));
    }

    /** Names of those that are no activation. */
    public static List<String> unreadableNames() {
        Map<String, byte[]> all = new LinkedHashMap<>();
        unreadable(all);
        return List.copyOf(all.keySet());
    }

    private static void put(Map<String, byte[]> all, String name, String text) {
        all.put(name, bytes(text));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] replaceByte(String text, char what, byte with) {
        byte[] bytes = bytes(text);
        bytes[text.indexOf(what)] = with;
        return bytes;
    }

    private static byte[] concat(String before, byte[] middle, String behind) {
        byte[] all = bytes(before + "?".repeat(middle.length) + behind);
        System.arraycopy(middle, 0, all, before.length(), middle.length);
        return all;
    }
}
