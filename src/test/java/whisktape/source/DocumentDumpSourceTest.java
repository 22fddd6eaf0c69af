package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.OddDocuments;
import whisktape.WhisktapeException;

class DocumentDumpSourceTest {
    private static final String WARM = sample("action-warm");
    private static final String TRIGGER = sample("trigger");
    private static final String WARM_ID = "guest/13980db765d040a3980db765d000a38a";
    private static final String WARM_REV = "1-e6dcdc46d938e060583b4d42ccf95685";

    @TempDir
    private Path temp;

    private String damage;

    @Test
    void readsBareDocumentsOneALine() throws IOException {
        List<Document> documents = read(WARM + "\n\n" + TRIGGER + "\r\n" + sample("elasticsearch"));

        assertThat(texts(documents)).containsExactly(WARM, TRIGGER, sample("elasticsearch"));
        assertThat(documents)
                .extracting(Document::id)
                .containsExactly(
                        WARM_ID, "guest/13705e69fd51474db05e69fd51c74d85", "acme/5f0c2b7a91d44e0f8c2b7a91d43e0f11");
        assertThat(documents).extracting(Document::updateSeq).containsOnlyNulls();
        assertThat(documents)
                .allSatisfy(document -> assertThat(document.body()).isInstanceOf(DocumentBody.Activation.class));
        assertThat(damage).isNull();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\n%s\n%s\n",
                "{\"results\":[\n%s,\n%s,\n%s\n],\n\"last_seq\":\"9-z\",\"pending\":0}\n",
                "{\"results\":[%s,%s,%s],\"last_seq\":\"9-z\"}",
                "{\"last_seq\" : 9, \"results\" :\n [ %s,\n %s , %s ] }",
                "{\"results\":[\n\n\n%s,\n\n%s,\n%s\n],\"last_seq\":9}",
                "[%s,%s,%s]",
                "\ufeff%s\n%s\n%s",
                "{\"results\":[\n%s\n],\n\"last_seq\":\"1-]{\"}\n{\"results\":[\n%s\n],\n\"last_seq\":\"2\"}\n[%s]",
                "{\"pending\":5,\"results\":[\r\n%s,\r\n%s,\r\n%s\r\n]}\r\n",
                "%s,\n%s,\n%s\n",
                "%s\n%s\n\n%s\n{\"last_seq\":\"9-z\",\"pending\":0}\n"
            })
    void readsRowsOfTheChangesFeedInEveryWrapping(String wrapping) throws IOException {
        List<Document> documents = read(
                String.format(
                        wrapping,
                        "{\"seq\":\"1-g1AA\",\"id\":\"" + WARM_ID + "\",\"changes\":[{\"rev\":\"" + WARM_REV
                                + "\"}],\"doc\":" + WARM + "}",
                        "{\"seq\":null,\"id\":\"gone\",\"changes\":[{\"rev\":\"2-b\"}],\"deleted\":true,"
                                + "\"doc\":{\"_id\":\"gone\",\"_rev\":\"2-b\",\"_deleted\":true}}",
                        "{\"seq\":[3,\"g1\"],\"id\":\"_design/x\",\"changes\":[{\"rev\":\"1-c\"}],\"doc\":{\"_id\":\"_design/x\"}}"));

        assertThat(documents).extracting(Document::updateSeq).containsExactly("1-g1AA", null, "[3,\"g1\"]");
        assertThat(documents).extracting(Document::id).containsExactly(WARM_ID, "gone", "_design/x");
        assertThat(documents).extracting(Document::rev).containsExactly(WARM_REV, "2-b", "1-c");
        assertThat(documents).extracting(Document::deleted).containsExactly(false, true, false);
        assertThat(texts(documents).get(0)).isEqualTo(WARM);
        assertThat(documents.get(0).body()).isInstanceOf(DocumentBody.Activation.class);
        assertThat(documents.get(1).body()).isEqualTo(new DocumentBody.Tombstone());
        assertThat(documents.get(2).body()).isEqualTo(new DocumentBody.Design());
        assertThat(damage).isNull();
    }

    @Test
    void readsRowsOfAllDocs() throws IOException {
        List<Document> documents = read("{\"total_rows\":3,\"offset\":0,\"rows\":[\r\n"
                + "{\"id\":\"" + WARM_ID + "\",\"key\":\"" + WARM_ID + "\",\"value\":{\"rev\":\"" + WARM_REV
                + "\"},\"doc\":" + WARM + "},\r\n"
                + "{\"id\":\"b\",\"key\":\"b\",\"value\":{\"rev\":\"2-b\",\"deleted\":true},\"doc\":null},\r\n"
                + "{\"id\":\"c\",\"key\":\"c\",\"value\":{\"rev\":\"1-c\"}},\r\n"
                + "{\"key\":\"d\",\"error\":\"not_found\"}\r\n"
                + "]}\n");

        assertThat(documents).extracting(Document::id).containsExactly(WARM_ID, "b", "c", "d");
        assertThat(documents).extracting(Document::rev).containsExactly(WARM_REV, "2-b", "1-c", null);
        assertThat(texts(documents)).containsExactly(WARM, null, null, null);
        assertThat(documents.get(1).body()).isEqualTo(new DocumentBody.Tombstone());
        assertThat(documents.get(2).body()).isEqualTo(new DocumentBody.Unreadable("no document in the row"));
    }

    /** As CouchDB's {@code _find} answers, and as backups are written that go back by {@code _bulk_docs}. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"docs\":[%s,%s],\"bookmark\":\"nil\"}",
                "{\"new_edits\":false,\"docs\":[\n%s,\n%s\n]}\n",
            })
    void readsListsOfDocuments(String wrapping) throws IOException {
        assertThat(texts(read(wrapping.formatted(WARM, WARM)))).containsExactly(WARM, WARM);
        assertThat(damage).isNull();
    }

    @Test
    void readsListsOfTheRestInterface() throws IOException {
        List<Document> documents = read("[" + sample("rest-record") + ", " + sample("rest-summary") + "]\n[]\n["
                + sample("rest-summary") + "]");

        assertThat(documents).extracting(Document::id).containsOnly(WARM_ID).hasSize(3);
        assertThat(documents)
                .extracting(document -> ((DocumentBody.Activation) document.body()).statusCode())
                .containsExactly(2L, 1L, 1L);
    }

    @Test
    void readsAnswersOfElasticsearch() throws IOException {
        String hit = "{\"_index\":\"openwhisk-acme\",\"_id\":\"acme/x\",\"_score\":1.0,\"_source\":"
                + sample("elasticsearch") + "}";

        List<Document> whole =
                read("{\"took\":3,\"_shards\":{\"total\":1},\"hits\":{\"total\":{\"value\":2},\"max_score\":1,"
                        + "\"hits\":[" + hit + "," + hit + "]}}");
        List<Document> lines = read(hit + "\n" + hit + "\n");

        assertThat(texts(whole)).containsExactly(sample("elasticsearch"), sample("elasticsearch"));
        assertThat(whole).extracting(Document::id).containsOnly("acme/x");
        assertThat(texts(lines)).isEqualTo(texts(whole));
        assertThat(damage).isNull();
    }

    @Test
    void readsDocumentsOverManyLines() throws IOException {
        String pretty = WARM.replace(",\"", ",\n  \"").replace("{\"_id\"", "{\n  \"_id\"");

        assertThat(texts(read(pretty + "\n" + pretty + "\n"))).containsExactly(pretty, pretty);
        assertThat(texts(read("{\n\"total_rows\": 1,\n\"rows\": [\n  {\n \"id\": \"a\", \"value\": {},\n \"doc\": "
                        + pretty + "\n}\n]\n}")))
                .containsExactly(pretty);
    }

    @Test
    void keepsGarbageAsUnreadableDocuments() throws IOException {
        String change = "{\"seq\":\"1\",\"id\":\"a\",\"changes\":[{\"rev\":\"1-a\"}],\"doc\":";

        List<Document> lines = read(WARM + "\nhello\n" + change + "{\"x\":}}\n[" + WARM + "]\n" + TRIGGER);

        assertThat(lines).hasSize(5);
        assertThat(lines.subList(1, 4))
                .allSatisfy(document -> assertThat(document.body()).isInstanceOf(DocumentBody.Unreadable.class));
        assertThat(texts(lines).subList(1, 4)).containsExactly("hello", change + "{\"x\":}}", "[" + WARM + "]");
        assertThat(lines.get(2).id()).isEqualTo("a");

        List<Document> list = read("{\"results\":[\n" + change + WARM + "},\n" + change + "{\"x\n" + change + WARM
                + "}\n],\"last_seq\":1}");
        assertThat(list).hasSize(3);
        assertThat(list.get(1).body()).isInstanceOf(DocumentBody.Unreadable.class);
        assertThat(damage).isNull();
    }

    @Test
    void noticesThatAnAnswerIsCut() throws IOException {
        assertThat(read("[" + WARM + "," + WARM.substring(0, 300))).hasSize(2);
        assertThat(damage).endsWith("dump.json ends in the middle, behind 2 rows");

        assertThat(read("{\"results\":[\n{\"seq\":\"1\",\"id\":\"a\",\"doc\":" + WARM + "},\n"))
                .hasSize(1);
        assertThat(damage).endsWith("dump.json ends in the middle, behind 1 rows");

        assertThat(read("[" + WARM)).hasSize(1);
        assertThat(damage).endsWith("dump.json ends in the middle, behind 1 rows");
    }

    @Test
    void findsRowsInWhateverPieces() throws IOException {
        // Rows of every length around that of a buffer, so that each kind of border falls everywhere.
        List<String> rows = new ArrayList<>();
        for (int length = 0; length < 70_000; length += 997) {
            rows.add("{\"_id\":\"" + length + "\",\"activationId\":\"a\",\"x\":\"" + "]}\\\",{[".repeat(length / 7)
                    + "\"}");
        }

        assertThat(texts(read(String.join("\n", rows)))).isEqualTo(rows);
        assertThat(texts(read("[" + String.join(",", rows) + "]"))).isEqualTo(rows);
        assertThat(texts(read("[\n" + String.join(",\n", rows) + "\n]\n"))).isEqualTo(rows);
        assertThat(damage).isNull();
    }

    @Test
    void readsEveryOddDocumentThatHasNoLineEnd() throws IOException {
        List<byte[]> odd = OddDocuments.all().values().stream()
                .filter(document -> document.length > 2 && document[0] == '{' && document[1] == '"')
                .toList();
        Path file = temp.resolve("odd.jsonl");
        try (OutputStream out = Files.newOutputStream(file)) {
            for (byte[] document : odd) {
                out.write(document);
                out.write('\n');
            }
        }

        assertThat(odd).hasSizeGreaterThan(40);
        assertThat(documents(file)).hasSameSizeAs(odd);
    }

    @Test
    void readsGzip() throws IOException {
        Path file = temp.resolve("dump.json.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(("\ufeff" + WARM + "\n" + TRIGGER).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(texts(documents(file))).containsExactly(WARM, TRIGGER);
    }

    @Test
    void readsNothingFromAnEmptyFile() throws IOException {
        assertThat(read("")).isEmpty();
        assertThat(read(" \n\n")).isEmpty();
        assertThat(read("{\"results\":[\n\n],\n\"last_seq\":\"0\",\"pending\":0}\n"))
                .isEmpty();
    }

    @Test
    void saysThatAFileIsNotThereOrDamaged() throws IOException {
        Path file = temp.resolve("no.json");
        assertThatThrownBy(() -> new DocumentDumpSource(file, true))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("cannot read " + file + ": there is no such file");

        Path cut = temp.resolve("cut.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(cut))) {
            out.write(WARM.getBytes(StandardCharsets.UTF_8));
        }
        byte[] whole = Files.readAllBytes(cut);
        Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
        assertThat(damage(cut)).hasValue(cut + " ends in the middle, behind 1 rows");

        Path cutLine = Files.writeString(temp.resolve("cut.json"), WARM + "\n" + WARM.substring(0, 40));
        assertThat(damage(cutLine)).hasValue(cutLine + " ends in the middle, behind 2 rows");
        assertThat(damage(Files.writeString(temp.resolve("whole.json"), WARM + "\n" + WARM)))
                .isEmpty();
    }

    @Test
    void leavesOutPayloadsIfAsked() throws IOException {
        Path file = temp.resolve("dump.json");
        Files.writeString(file, "{\"id\":\"a\",\"doc\":" + sample("web-action") + "}");

        try (DocumentDumpSource source = new DocumentDumpSource(file, false)) {
            assertThat(texts(source.poll(Duration.ZERO).documents()))
                    .singleElement()
                    .asString()
                    .contains("\"result\":null");
        }
    }

    private List<Document> read(String dump) throws IOException {
        Path file = temp.resolve("dump.json");
        Files.writeString(file, dump);
        return documents(file);
    }

    private List<Document> documents(Path file) {
        try (DocumentDumpSource source = new DocumentDumpSource(file, true)) {
            List<Document> all = new ArrayList<>();
            while (!source.isDrained()) {
                all.addAll(source.poll(Duration.ZERO).documents());
            }
            damage = source.damage().orElse(null);
            return all;
        }
    }

    private Optional<String> damage(Path file) {
        documents(file);
        return Optional.ofNullable(damage);
    }

    private static List<String> texts(List<Document> documents) {
        return documents.stream()
                .map(document -> document.text() == null ? null : new String(document.text(), StandardCharsets.UTF_8))
                .toList();
    }

    private static String sample(String name) {
        return new String(OddDocuments.sample(name), StandardCharsets.UTF_8);
    }
}
