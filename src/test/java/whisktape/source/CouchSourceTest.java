package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.source.CouchFixture.DATABASE;
import static whisktape.source.CouchFixture.QUICK;
import static whisktape.source.CouchFixture.activation;
import static whisktape.source.CouchFixture.await;
import static whisktape.source.CouchFixture.documents;
import static whisktape.source.CouchFixture.fill;
import static whisktape.source.CouchFixture.id;
import static whisktape.source.CouchFixture.ids;
import static whisktape.source.CouchFixture.next;
import static whisktape.source.CouchFixture.open;
import static whisktape.source.CouchFixture.poll;
import static whisktape.source.CouchFixture.pollUntilDrained;
import static whisktape.source.CouchFixture.settings;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.lab.EmbeddedCouch;

class CouchSourceTest {
    private final EmbeddedCouch couch = CouchFixture.couch();
    private ScriptedCouch scripted;

    @BeforeEach
    void standBefore() throws Exception {
        scripted = ScriptedCouch.before(couch);
    }

    @AfterEach
    void close() {
        scripted.close();
        couch.close();
    }

    @Test
    void handsOutEveryDocumentOnceThoughTheOrderDiffersAtEachCall() {
        fill(couch, 0, 1000);

        List<String> first = readAll();
        List<String> second = readAll();

        assertThat(first).containsExactlyInAnyOrderElementsOf(ids(0, 1000));
        assertThat(second).containsExactlyInAnyOrderElementsOf(ids(0, 1000)).isNotEqualTo(first);
    }

    private List<String> readAll() {
        try (CouchSource source = open(scripted.url())) {
            return ids(pollUntilDrained(source));
        }
    }

    @Test
    void losesAndRepeatsNothingWhileSomebodyWrites() {
        fill(couch, 0, 500);
        try (CouchSource source = open(scripted.url())) {
            CompletableFuture<Void> writer = CompletableFuture.runAsync(() -> fill(couch, 500, 1500));

            List<Document> documents = poll(source, 1500);

            writer.join();
            assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids(0, 1500));
            assertThat(pollUntilDrained(source)).isEmpty();
        }
    }

    @Test
    void goesOnBehindTheLastPageThatWasHandedOut() {
        fill(couch, 0, 300);
        List<String> before;
        DatabasePosition position;
        try (CouchSource source = open(scripted.url())) {
            DocumentBatch page = next(source);
            before = ids(List.of(page));
            position = source.start().at(page.next().orElseThrow());
        }
        try (CouchSource source = CouchSource.open(settings(scripted.url() + "/" + DATABASE), position, QUICK)) {
            List<String> after = ids(pollUntilDrained(source));

            assertThat(source.start()).isEqualTo(position);
            assertThat(Stream.concat(before.stream(), after.stream())).containsExactlyInAnyOrderElementsOf(ids(0, 300));
        }
    }

    @Test
    void beginsWithTheNextChange() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url(), new StartAt.Latest())) {
            fill(couch, 10, 20);

            assertThat(source.start().since()).hasSizeGreaterThan(100);
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(10, 20));
        }
    }

    @Test
    void leavesOutWhatIsOlderThanTheTimeAskedFor() {
        fill(couch, 0, 10);
        couch.put(DATABASE, "{\"_id\":\"acme/without-a-time\"}");
        try (CouchSource source = open(scripted.url(), new StartAt.At(Instant.ofEpochMilli(6)))) {
            // The sixth one ends at the millisecond asked for.
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(5, 10));
        }
    }

    @Test
    void waitsForWhatComes() {
        try (CouchSource source = open(scripted.url())) {
            assertThat(pollUntilDrained(source)).isEmpty();
            await().until(() -> {
                source.poll(Duration.ofMillis(5));
                return !scripted.requests("feed=longpoll").isEmpty();
            });
            fill(couch, 0, 1);

            assertThat(ids(List.of(next(source)))).containsExactly(id(0));
            assertThat(source.isAway()).isFalse();
        }
    }

    @Test
    void neverWaitsLongerThanItMay() {
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            long begin = System.nanoTime();

            source.poll(Duration.ofMillis(50));

            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void keepsADocumentsBytesAsTheServerSentThem() {
        couch.put(DATABASE, activation(1, "é \\u0000 \\\"}{ 𝄞"));
        couch.put(DATABASE, "{\"_id\":\"x\",\"nested\":{\"last_seq\":\"5\"}}");
        scripted.always("_changes", ScriptedCouch.changed(body -> body.replace("\"n\":1.5", "\"n\" :  1.500")));
        try (CouchSource source = open(scripted.url())) {
            List<Document> documents = documents(pollUntilDrained(source)).toList();

            assertThat(text(documents, id(1)))
                    .startsWith("{\"_id\":\"" + id(1) + "\",\"_rev\":\"1-")
                    .contains("\"n\" :  1.500", "é \\u0000 \\\"}{ 𝄞")
                    .endsWith("\"publish\":false}");
            assertThat(text(documents, "x")).endsWith("\"nested\":{\"last_seq\":\"5\"}}");
        }
    }

    private static String text(List<Document> documents, String id) {
        return documents.stream()
                .filter(document -> document.id().equals(id))
                .map(document -> new String(document.text(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsTombstonesUpdatesDesignAndUnknownDocuments() {
        fill(couch, 0, 3);
        couch.delete(DATABASE, id(0));
        couch.put(DATABASE, activation(1, "changed"));
        couch.put(DATABASE, activation(2).replaceFirst("\\{", "{\"_deleted\":true,"));
        couch.put(DATABASE, "{\"_id\":\"_design/whisks.v2.1.0\",\"views\":{}}");
        couch.put(DATABASE, "{\"_id\":\"note\",\"text\":\"not an activation\"}");
        try (CouchSource source = open(scripted.url())) {
            List<Document> documents = documents(pollUntilDrained(source)).toList();

            assertThat(documents).hasSize(5);
            Document tombstone = find(documents, id(0));
            assertThat(tombstone.deleted()).isTrue();
            assertThat(tombstone.rev()).startsWith("2-");
            assertThat(tombstone.body()).isInstanceOf(DocumentBody.Tombstone.class);
            assertThat(find(documents, id(1)).rev()).startsWith("2-");
            assertThat(text(documents, id(1))).contains("changed");
            assertThat(find(documents, id(2)).deleted()).isTrue();
            assertThat(find(documents, id(2)).body()).isInstanceOf(DocumentBody.Activation.class);
            assertThat(find(documents, "_design/whisks.v2.1.0").body()).isInstanceOf(DocumentBody.Design.class);
            assertThat(find(documents, "note").body()).isInstanceOf(DocumentBody.Unreadable.class);
        }
    }

    private static Document find(List<Document> documents, String id) {
        return documents.stream()
                .filter(document -> id.equals(document.id()))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void keepsTheSequenceOfARowOnlyWhereTheServerGivesOne() {
        fill(couch, 0, 70);
        try (CouchSource source = open(scripted.url())) {
            DocumentBatch page = next(source);

            assertThat(page.documents()).hasSize(64);
            assertThat(page.documents().subList(0, 63))
                    .extracting(Document::updateSeq)
                    .containsOnlyNulls();
            assertThat(page.documents().get(63).updateSeq())
                    .isEqualTo(page.next().orElseThrow());
        }
    }

    @Test
    void takesSequencesThatAreNumbersForText() {
        scripted.next("_changes", ScriptedCouch.status(200, """
                {"results":[{"seq":7,"id":"a","changes":[{"rev":"1-a"}],"doc":{"_id":"a"}}],"last_seq":7}
                """));
        try (CouchSource source = open(scripted.url())) {
            DocumentBatch page = next(source);

            assertThat(page.next()).contains("7");
            assertThat(page.documents())
                    .singleElement()
                    .extracting(Document::updateSeq)
                    .isEqualTo("7");
            assertThat(page.documents().get(0).rev()).isEqualTo("1-a");
        }
    }

    @Test
    void keepsARowThatIsNoJsonAndAllOthers() {
        fill(couch, 0, 20);
        scripted.next(
                "_changes",
                ScriptedCouch.changed(
                        body -> body.replace("\"activationId\":\"%032x\"".formatted(7), "}\u0001garbage\u00ff{")));
        try (CouchSource source = open(scripted.url())) {
            List<Document> documents = documents(pollUntilDrained(source)).toList();

            assertThat(documents).extracting(Document::id).containsExactlyInAnyOrderElementsOf(ids(0, 20));
            Document broken = find(documents, id(7));
            assertThat(broken.body()).isEqualTo(new DocumentBody.Unreadable("the row is no JSON"));
            assertThat(broken.rev()).startsWith("1-");
            assertThat(new String(broken.text(), StandardCharsets.ISO_8859_1))
                    .startsWith("{\"seq\":null,\"id\":\"" + id(7))
                    .contains("}\u0001garbage\u00ff{")
                    .endsWith("}");
            assertThat(documents)
                    .filteredOn(document -> document.body() instanceof DocumentBody.Unreadable)
                    .hasSize(1);
        }
    }

    /** CouchDB keeps whatever integer somebody's action returns, digit for digit. */
    @Test
    void readsDocumentsWithNumbersAndNamesBeyondAllMeasure() {
        String body = """
                {"results":[
                {"seq":"1-a","id":"a","changes":[{"rev":"1-a"}],"doc":{"_id":"a","activationId":"a","x":%s}},
                {"seq":"2-b","id":"b","changes":[{"rev":"1-b"}],"doc":{"_id":"b","activationId":"b","%s":1}}
                ],
                "last_seq":"2-b","pending":0}
                """.formatted("9".repeat(5_000), "n".repeat(100_000));
        scripted.next("_changes", ScriptedCouch.status(200, body));
        try (CouchSource source = open(scripted.url())) {
            assertThat(next(source).documents())
                    .hasSize(2)
                    .allSatisfy(document -> assertThat(document.body()).isInstanceOf(DocumentBody.Activation.class));
        }
    }

    @Test
    void keepsNothingOfAnUnreadableRowWithoutPayloads() {
        fill(couch, 0, 1);
        scripted.next("_changes", ScriptedCouch.changed(body -> body.replace("\"logs\":[", "\"logs\":[}")));
        CouchSettings settings = CouchSettings.of(
                scripted.url() + "/" + DATABASE, Optional.empty(), CouchSettings.Login.BASIC, Optional.empty(), true);
        try (CouchSource source = CouchSource.open(settings, new StartAt.Earliest(), QUICK)) {
            Document broken = next(source).documents().get(0);

            assertThat(broken.body()).isInstanceOf(DocumentBody.Unreadable.class);
            assertThat(broken.text()).isNull();
        }
    }

    @Test
    void keepsRowsWithoutDocumentOrId() {
        scripted.next("_changes", ScriptedCouch.status(200, """
                {"results":[
                {"seq":"1-a","id":"a","changes":[{"rev":"1-a"}],"doc":null},
                {"seq":"2-b","id":"b","changes":[{"rev":"1-b"}],"error":"unknown_error"},
                {"seq":"3-c","changes":[],"doc":{"x":1}},
                {"seq":"4-d","id":"d","changes":[{"rev":"2-d"}],"deleted":true,"doc":null}
                ],
                "last_seq":"4-d","pending":0}
                """));
        try (CouchSource source = open(scripted.url())) {
            assertThat(next(source).documents())
                    .extracting(Document::body)
                    .containsExactly(
                            new DocumentBody.Unreadable("the server sent no document"),
                            new DocumentBody.Unreadable("the server sent no document: unknown_error"),
                            new DocumentBody.Unreadable("the row names no id"),
                            new DocumentBody.Tombstone());
        }
    }

    @Test
    void readsADocumentOfEightMegabytes() {
        couch.put(DATABASE, activation(1, "x".repeat(8_000_000)));
        try (CouchSource source = open(scripted.url())) {
            assertThat(documents(pollUntilDrained(source)))
                    .singleElement()
                    .satisfies(document -> assertThat(document.text()).hasSizeGreaterThan(8_000_000));
        }
    }

    @Test
    void asksForFewerRowsWhereDocumentsAreLarge() {
        String log = "x".repeat(1 << 20);
        for (int number = 0; number < 60; number++) {
            couch.put(DATABASE, activation(number, log));
        }
        try (CouchSource source = open(scripted.url())) {
            List<DocumentBatch> batches = pollUntilDrained(source);

            assertThat(ids(batches)).containsExactlyInAnyOrderElementsOf(ids(0, 60));
            assertThat(batches)
                    .allSatisfy(batch -> assertThat(batch.sizeBytes()).isLessThan(PageSize.MOST_BYTES));
            assertThat(batches.get(batches.size() / 2).documents()).hasSizeBetween(2, 5);
        }
    }

    @Test
    void keepsTheRowOfADocumentThatIsTooLargeForItsMemory() {
        long beyond = Runtime.getRuntime().maxMemory() / 8 + PageSize.MOST_BYTES;
        scripted.always("&include_docs=true&since=0 ", ScriptedCouch.hugeDocument(beyond));
        scripted.always("&limit=1&seq_interval=1&since=0 ", ScriptedCouch.status(200, """
                {"results":[
                {"seq":"1-a","id":"a","changes":[{"rev":"1-a"}]}
                ],
                "last_seq":"1-a","pending":0}
                """));
        scripted.always("&since=1-a ", ScriptedCouch.status(503, ""));
        try (CouchSource source = open(scripted.url())) {
            DocumentBatch page = next(source);

            assertThat(page.next()).contains("1-a");
            assertThat(page.documents()).singleElement().satisfies(document -> {
                assertThat(document.id()).isEqualTo("a");
                assertThat(document.rev()).isEqualTo("1-a");
                assertThat(document.text()).isNull();
                assertThat(document.body())
                        .isEqualTo(new DocumentBody.Unreadable("the document is too large for this recorder's memory"));
            });
        }
    }

    @Test
    void asksForMoreRowsWhereDocumentsAreSmall() {
        fill(couch, 0, 3000);
        try (CouchSource source = open(scripted.url())) {
            assertThat(pollUntilDrained(source)).hasSizeLessThan(8);
            assertThat(scripted.requests("&limit=2000&")).isNotEmpty();
        }
    }

    @Test
    void knowsHowMuchIsThere() {
        fill(couch, 0, 100);
        try (CouchSource source = open(scripted.url())) {
            next(source);

            assertThat(source.lag()).isEqualTo(36);
            assertThat(source.isDrained()).isFalse();
            pollUntilDrained(source);
            assertThat(source.lag()).isZero();
        }
    }

    @Test
    void hasNothingLeftWhenItEnds() {
        fill(couch, 0, 1000);
        try (CouchSource source = open(scripted.url())) {
            List<DocumentBatch> batches = new ArrayList<>(List.of(next(source)));
            for (DocumentBatch rest = source.rest(); !rest.isEmpty(); rest = source.rest()) {
                batches.add(rest);
            }
            DatabasePosition position =
                    source.start().at(batches.get(batches.size() - 1).next().orElseThrow());
            try (CouchSource other = CouchSource.open(settings(couch.url() + "/" + DATABASE), position, QUICK)) {
                batches.addAll(pollUntilDrained(other));
            }
            assertThat(ids(batches)).containsExactlyInAnyOrderElementsOf(ids(0, 1000));
        }
    }

    @Test
    void knowsTheServer() {
        try (CouchSource source = open(scripted.url())) {
            assertThat(source.serverId()).isPresent();
            assertThat(source.database()).isEqualTo(DATABASE);
            assertThat(source.name()).isEqualTo("database " + DATABASE + " at " + scripted.url());
        }
    }
}
