package whisktape.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import whisktape.Document;
import whisktape.lab.EmbeddedCouch;

/** What the tests of the CouchDB source have in common: a database, documents for it, and polling until all is there. */
final class CouchFixture {
    static final String DATABASE = "whisk_local_activations";

    /** As in earnest, but quick. */
    static final CouchTimings QUICK = new CouchTimings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofMillis(50),
            Duration.ofMillis(100),
            Duration.ofMillis(2),
            Duration.ofMillis(1),
            Duration.ofMillis(20));

    private CouchFixture() {}

    static EmbeddedCouch couch() {
        EmbeddedCouch couch = EmbeddedCouch.start(0);
        couch.createDatabase(DATABASE);
        return couch;
    }

    static CouchSettings settings(String url) {
        return settings(url, CouchSettings.Login.BASIC);
    }

    static CouchSettings settings(String url, CouchSettings.Login login) {
        return CouchSettings.of(url, Optional.empty(), login, Optional.empty(), false);
    }

    static CouchSource open(String server) {
        return open(server, new StartAt.Earliest());
    }

    static CouchSource open(String server, StartAt at) {
        return CouchSource.open(settings(server + "/" + DATABASE), at, QUICK);
    }

    static String id(int number) {
        return "acme/%032x".formatted(number);
    }

    static String activation(int number) {
        return activation(number, "");
    }

    /** Starts at so many milliseconds and ends one later. */
    static String activation(int number, String log) {
        return """
                {"_id":"%s","entityType":"activation","activationId":"%032x","namespace":"acme","name":"hello",\
                "version":"0.0.1","subject":"acme-user","start":%d,"end":%d,"updated":%d,"duration":1,\
                "response":{"statusCode":0,"result":{"n":1.50}},"logs":["%s"],"annotations":[],"publish":false}""".formatted(id(number), number, number, number + 1, number + 1, log);
    }

    static void fill(EmbeddedCouch couch, int from, int until) {
        IntStream.range(from, until).forEach(number -> couch.put(DATABASE, activation(number)));
    }

    static ConditionFactory await() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1));
    }

    /** What a source hands out until it is drained. */
    static List<DocumentBatch> pollUntilDrained(CouchSource source) {
        List<DocumentBatch> batches = new ArrayList<>();
        await().until(() -> {
            DocumentBatch batch = source.poll(Duration.ofMillis(20));
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
            return batch.isEmpty() && source.isDrained();
        });
        return batches;
    }

    /** What a source hands out until it has handed out so many documents. */
    static List<Document> poll(CouchSource source, int documents) {
        List<Document> all = new ArrayList<>();
        await().until(() -> {
            all.addAll(source.poll(Duration.ofMillis(20)).documents());
            return all.size() >= documents;
        });
        return all;
    }

    /** The next batch that holds something. */
    static DocumentBatch next(CouchSource source) {
        List<DocumentBatch> batches = new ArrayList<>();
        await().until(() -> {
            DocumentBatch batch = source.poll(Duration.ofMillis(20));
            if (!batch.isEmpty()) {
                batches.add(batch);
            }
            return !batches.isEmpty();
        });
        return batches.get(0);
    }

    static Stream<Document> documents(List<DocumentBatch> batches) {
        return batches.stream().flatMap(batch -> batch.documents().stream());
    }

    static List<String> ids(List<DocumentBatch> batches) {
        return documents(batches).map(Document::id).toList();
    }

    static List<String> ids(int from, int until) {
        return IntStream.range(from, until).mapToObj(CouchFixture::id).toList();
    }
}
