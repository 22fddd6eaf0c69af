package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** A recording with a secret, each time another one, in every place that can hold a text. */
final class PlantedSecrets {
    private static final int RUNS = 4;

    private final Random random = new Random(11);
    private final List<String> all = new ArrayList<>();
    private final List<byte[]> events = new ArrayList<>();
    private final List<byte[]> documents = new ArrayList<>();

    /** Every secret that is in it. */
    List<String> all() {
        return all;
    }

    Recording write(Path folder) {
        for (int run = 0; run < RUNS; run++) {
            addEvents();
            addDocuments();
        }
        Map<String, String> labels = Map.of(secret(), secret(), secret(), secret(), "commit", secret());
        String topic = named("topic");
        try (RecordingWriter writer =
                RecordingWriter.create(folder, labels, secret(), SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(named("cluster"), topic, new Position(1, Optional.of(named("life")), Map.of(0, 0L)));
            writer.begin(Optional.of(secret()), secret(), new DatabasePosition(1, Optional.of(secret()), secret()));
            writeEvents(writer);
            writeDocuments(writer);
            writer.finish();
        }
        return Recording.open(folder);
    }

    private void writeEvents(RecordingWriter writer) {
        EventParser parser = new EventParser();
        long offset = 0;
        for (byte[] event : events) {
            writer.write(parser.parse(new Message(
                    1,
                    0,
                    offset++,
                    1_795_427_079_812L + offset,
                    Message.TimestampType.CREATE,
                    1_795_427_079_820L + offset,
                    bytes(secret()),
                    event,
                    List.of(
                            new Message.Header(secret(), bytes(secret())),
                            new Message.Header("authorization", bytes(secret()))))));
        }
    }

    private void writeDocuments(RecordingWriter writer) {
        DocumentParser parser = new DocumentParser();
        List<Document> page = documents.stream()
                .map(text -> parser.parse(1, secret(), 1_795_427_079_812L, null, null, false, text))
                .toList();
        writer.write(page, Optional.of(secret()));
    }

    private void addEvents() {
        events.add(bytes(activation(id(), "\"nodejs:20\"")));
        events.add(bytes(activation(json(), json())));
        events.add(
                bytes("{\"body\":{\"metricName\":" + json() + ",\"metricValue\":" + json() + "}," + envelope() + "}"));
        events.add(bytes("{\"body\":{" + json() + ":1}," + envelope() + "}"));
        events.add(bytes("{\"body\":[" + json() + "]," + envelope() + "}"));
        events.add(bytes("not even JSON: " + named("plain") + " and more"));
        events.add(bytes("{\"body\":{\"name\":" + json() + ",\"x\":"));
    }

    private String activation(String id, String kind) {
        return "{\"body\":{\"activationId\":" + id + ",\"conductor\":" + json() + ",\"duration\":" + json()
                + ",\"initTime\":0,\"kind\":" + kind + ",\"memory\":256,\"name\":\"" + named("ns") + "/" + named("pkg")
                + "/"
                + named("action") + "\",\"causedBy\":" + json() + ",\"size\":" + json()
                + ",\"statusCode\":0,\"waitTime\":42,"
                + json() + ":{" + json() + ":[" + json() + ",{\"deep\":" + json() + "}]}}," + envelope() + "}";
    }

    private String envelope() {
        return "\"eventType\":" + json() + ",\"namespace\":" + json() + ",\"source\":" + json() + ",\"subject\":"
                + json() + ",\"timestamp\":1795427079834,\"userId\":" + json() + "," + json() + ":" + json();
    }

    private void addDocuments() {
        documents.add(bytes(document(id(), "[" + json() + "," + json() + "]", "\"action\"")));
        documents.add(bytes(document(json(), json(), "\"sequence\"")));
        documents.add(bytes(trigger()));
        documents.add(bytes("{\"_id\":\"_design/" + named("views") + "\",\"views\":{" + json() + ":" + json() + "}}"));
        documents.add(
                bytes("{\"_id\":" + json() + ",\"entityType\":" + json() + ",\"exec\":{\"code\":" + json() + "}}"));
        documents.add(bytes("no JSON with " + named("plain")));
        documents.add(bytes("[" + json() + "]"));
    }

    private String document(String id, String logs, String kind) {
        return "{\"_id\":" + json() + ",\"_rev\":" + json() + ",\"activationId\":" + id
                + ",\"annotations\":[{\"key\":\"path\",\"value\":"
                + json() + "},{\"key\":\"kind\",\"value\":" + kind + "},{\"key\":\"binding\",\"value\":" + json()
                + "},{\"key\":\"causedBy\",\"value\":" + json() + "},{\"key\":" + json() + ",\"value\":" + json()
                + "},{\"value\":" + json() + ",\"key\":" + json() + "},{\"key\":\"limits\",\"value\":{\"memory\":"
                + json() + ","
                + json() + ":" + json() + "}}," + json() + "],\"cause\":" + json()
                + ",\"duration\":412,\"end\":1760000000092,"
                + "\"entityType\":\"activation\",\"logs\":" + logs + ",\"name\":" + json() + ",\"namespace\":" + json()
                + ",\"publish\":" + json() + ",\"response\":{\"result\":{" + json() + ":" + json() + ",\"list\":["
                + json()
                + "]},\"size\":118,\"status\":" + json() + ",\"statusCode\":0," + json() + ":" + json()
                + "},\"start\":1759999999680,\"subject\":" + json() + ",\"updated\":" + json() + ",\"version\":"
                + json() + ","
                + json() + ":" + json() + "}";
    }

    private String trigger() {
        return "{\"activationId\":" + id() + ",\"annotations\":[],\"end\":0,\"logs\":["
                + quoted("{\"rule\":" + json()
                        + ",\"action\":" + json() + ",\"activationId\":" + json() + ",\"success\":false,\"error\":"
                        + json() + "," + json()
                        + ":" + json() + "}")
                + "],\"name\":" + json() + ",\"namespace\":" + json()
                + ",\"response\":{\"result\":" + json() + ",\"statusCode\":0},\"start\":1759999999680,\"subject\":"
                + json() + "}";
    }

    private String id() {
        byte[] id = new byte[16];
        random.nextBytes(id);
        return "\"" + HexFormat.of().formatHex(id) + "\"";
    }

    /** A secret as a JSON text. */
    private String json() {
        return quoted(secret());
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }

    /** A secret that can stand in the name of a topic, or between other words. */
    private String named(String word) {
        return remember(word + "-of-" + NAMES[random.nextInt(NAMES.length)] + "-" + all.size());
    }

    private static final String[] NAMES = {"margarethe", "acme-gmbh", "projekt.sonnenblume", "Payroll", "o_neill"};

    /** Each time of another kind. */
    private String secret() {
        int number = all.size();
        return remember(
                switch (number % 9) {
                    case 0 -> uuid() + ":" + letters(64);
                    case 1 -> "Bearer " + letters(40) + "." + number;
                    case 2 -> "margarethe.schmidt" + number + "@example.com";
                    case 3 -> "-----BEGIN RSA PRIVATE KEY-----\n" + base64(48) + "\n" + number;
                    case 4 -> "AKIA" + letters(16).toUpperCase(Locale.ROOT) + number;
                    case 5 -> base64(30);
                    case 6 -> "the password is horse \"battery\" " + number;
                    case 7 -> uuid();
                    default -> "Zoë O'Neill, Konto " + number + " \\ 7";
                });
    }

    private String remember(String secret) {
        all.add(secret);
        return secret;
    }

    private String uuid() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private String letters(int length) {
        return IntStream.range(0, length)
                .mapToObj(i -> String.valueOf(
                        "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789".charAt(random.nextInt(56))))
                .collect(Collectors.joining());
    }

    private String base64(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return Base64.getEncoder().encodeToString(some);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
