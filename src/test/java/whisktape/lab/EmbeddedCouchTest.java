package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.WhisktapeException;

/** The stand-in behaves as was measured of CouchDB 3.5. */
class EmbeddedCouchTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final EmbeddedCouch couch = EmbeddedCouch.start(0);
    private final HttpClient client = HttpClient.newHttpClient();

    @BeforeEach
    void createDatabase() {
        couch.createDatabase("db");
    }

    @AfterEach
    void close() {
        couch.close();
    }

    @Test
    void saysWhoItIs() throws Exception {
        assertThat(get("/").path("couchdb").asText()).isEqualTo("Welcome");
        assertThat(get("/").path("uuid").asText()).hasSize(32);
    }

    @Test
    void tellsTheOrderOfChangesDifferentlyAtEachCall() throws Exception {
        fill(100);

        assertThat(ids(get("/db/_changes")))
                .hasSize(100)
                .doesNotHaveDuplicates()
                .isNotEqualTo(ids(get("/db/_changes")));
    }

    @Test
    void losesAndRepeatsNothingPageByPage() throws Exception {
        fill(100);
        List<String> all = new ArrayList<>();
        JsonNode page = get("/db/_changes?limit=7");
        while (!page.path("results").isEmpty()) {
            all.addAll(ids(page));
            assertThat(page.path("pending").asInt()).isEqualTo(100 - all.size());
            page = get("/db/_changes?limit=7&since=" + page.path("last_seq").asText());
        }

        assertThat(all).hasSize(100).doesNotHaveDuplicates();
    }

    @Test
    void givesOpaqueSequences() throws Exception {
        fill(10);

        assertThat(get("/db/_changes").path("results"))
                .allSatisfy(row -> assertThat(row.path("seq").asText()).matches("[0-9]+-[A-Za-z0-9_-]{100,270}"));
    }

    @Test
    void givesASequenceNowAndThen() throws Exception {
        fill(10);

        List<JsonNode> rows = new ArrayList<>();
        get("/db/_changes?seq_interval=5").path("results").forEach(rows::add);

        assertThat(rows.stream().filter(row -> row.path("seq").isNull())).hasSize(8);
        assertThat(rows.get(4).path("seq").isTextual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"100", "garbage", "1-abc"})
    void refusesSequencesThatItDidNotGive(String since) throws Exception {
        assertThat(send("GET", "/db/_changes?since=" + since, "").statusCode()).isEqualTo(400);
    }

    @Test
    void takesTheSequenceOfAnotherLifeForTheBeginning() throws Exception {
        fill(10);
        String old = get("/db/_changes").path("last_seq").asText();
        String life = get("/db").path("instance_start_time").asText();
        send("DELETE", "/db", "");
        send("PUT", "/db", "");
        fill(3);

        assertThat(ids(get("/db/_changes?since=" + old))).hasSize(3);
        assertThat(get("/db").path("instance_start_time").asText()).isNotEqualTo(life);
    }

    @Test
    void beginsNowOrWithNothing() throws Exception {
        fill(10);

        assertThat(ids(get("/db/_changes?since=now"))).isEmpty();
        assertThat(ids(get("/db/_changes?limit=0"))).isEmpty();
        assertThat(get("/db/_changes?limit=0").path("pending").asInt()).isEqualTo(10);
    }

    @Test
    void showsOnlyTheNewestRevision() throws Exception {
        String first = couch.put("db", "{\"_id\":\"a\",\"n\":1}");
        couch.put("db", "{\"_id\":\"a\",\"n\":2}");
        couch.put("db", "{\"_id\":\"b\"}");
        couch.delete("db", "b");
        couch.put("db", "{\"_id\":\"c\"}");
        couch.purge("db", "c");

        JsonNode rows = get("/db/_changes?include_docs=true").path("results");

        assertThat(rows).hasSize(2);
        for (JsonNode row : rows) {
            assertThat(row.at("/changes/0/rev").asText()).startsWith("2-").isNotEqualTo(first);
            if (row.path("id").asText().equals("a")) {
                assertThat(row.at("/doc/n").asInt()).isEqualTo(2);
            } else {
                assertThat(row.path("deleted").asBoolean()).isTrue();
                assertThat(row.at("/doc/_deleted").asBoolean()).isTrue();
            }
        }
        assertThat(get("/db").path("doc_count").asInt()).isEqualTo(1);
        assertThat(get("/db").path("doc_del_count").asInt()).isEqualTo(1);
    }

    @Test
    void writesARowALine() throws Exception {
        fill(3);

        String[] lines = send("GET", "/db/_changes", "").body().split("\n");

        assertThat(lines).hasSize(6);
        assertThat(lines[0]).isEqualTo("{\"results\":[");
        assertThat(lines[1]).startsWith("{\"seq\":").endsWith("},");
        assertThat(lines[3]).endsWith("]}");
        assertThat(lines[4]).isEqualTo("],");
        assertThat(lines[5]).startsWith("\"last_seq\":\"3-").endsWith(",\"pending\":0}");
    }

    @Test
    void beatsWhileNothingComesAndAnswersWhenSomethingDoes() throws Exception {
        try (BufferedReader lines = stream("/db/_changes?feed=longpoll&heartbeat=20")) {
            assertThat(lines.readLine()).isEqualTo("{\"results\":[");
            assertThat(lines.readLine()).isEmpty();
            couch.put("db", "{\"_id\":\"a\"}");

            String rest = String.join("", lines.lines().toList());
            assertThat(rest).contains("\"id\":\"a\"").endsWith("\"pending\":0}");
        }
    }

    @Test
    void goesOnForEver() throws Exception {
        couch.put("db", "{\"_id\":\"a\"}");
        try (BufferedReader lines = stream("/db/_changes?feed=continuous&heartbeat=20")) {
            assertThat(JSON.readTree(lines.readLine()).path("id").asText()).isEqualTo("a");
            assertThat(lines.readLine()).isEmpty();
            couch.put("db", "{\"_id\":\"b\"}");
            String line = lines.readLine();
            while (line.isEmpty()) {
                line = lines.readLine();
            }
            assertThat(JSON.readTree(line).path("id").asText()).isEqualTo("b");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"longpoll", "continuous"})
    void endsAFeedQuietlyWhenTheDatabaseIsDeleted(String feed) throws Exception {
        try (BufferedReader lines = stream("/db/_changes?feed=" + feed + "&heartbeat=60000")) {
            CompletableFuture<List<String>> all =
                    CompletableFuture.supplyAsync(() -> lines.lines().toList());
            couch.deleteDatabase("db");

            List<String> read = all.get();
            assertThat(read.get(read.size() - 1)).contains("\"last_seq\":");
        }
        assertThat(send("GET", "/db/_changes", "").statusCode()).isEqualTo(404);
    }

    @Test
    void endsAFeedWithoutHeartbeatsAfterItsTime() throws Exception {
        JsonNode end = get("/db/_changes?feed=longpoll&timeout=20");

        assertThat(end.path("results")).isEmpty();
        assertThat(end.has("last_seq")).isTrue();
    }

    @Test
    void readsAndWritesDocuments() throws Exception {
        assertThat(send("PUT", "/db/acme%2F1", "{\"n\":1}").statusCode()).isEqualTo(201);
        assertThat(send("PUT", "/db/acme%2F1", "{\"n\":2}").statusCode()).isEqualTo(409);
        String rev = get("/db/acme%2F1").path("_rev").asText();
        assertThat(send("PUT", "/db/acme%2F1?rev=" + rev, "{\"n\":2}").statusCode())
                .isEqualTo(201);
        assertThat(get("/db/acme%2F1").path("n").asInt()).isEqualTo(2);
        assertThat(send("GET", "/db/acme/1", "").body()).contains("missing attachment");
        assertThat(send("PUT", "/db/_design/x", "{}").statusCode()).isEqualTo(201);
        rev = get("/db/acme%2F1").path("_rev").asText();
        assertThat(send("DELETE", "/db/acme%2F1?rev=" + rev, "").statusCode()).isEqualTo(200);
        assertThat(send("GET", "/db/acme%2F1", "").body()).contains("deleted");
        assertThat(send("PUT", "/db/acme%2F1", "{\"n\":3}").statusCode()).isEqualTo(201);
        assertThat(send("POST", "/db", "{\"n\":4}").statusCode()).isEqualTo(201);
        assertThat(send("PUT", "/db/x", "{broken").statusCode()).isEqualTo(400);
    }

    @Test
    void writesManyAtOnceAndTellsEachConflict() throws Exception {
        couch.put("db", "{\"_id\":\"b\"}");

        JsonNode results =
                JSON.readTree(send("POST", "/db/_bulk_docs", "{\"docs\":[{\"_id\":\"c\"},{\"_id\":\"b\"},{\"n\":1}]}")
                        .body());

        assertThat(results).hasSize(3);
        assertThat(results)
                .filteredOn(result -> result.has("error"))
                .singleElement()
                .satisfies(conflict -> {
                    assertThat(conflict.path("id").asText()).isEqualTo("b");
                    assertThat(conflict.path("error").asText()).isEqualTo("conflict");
                });
        JsonNode all = get("/db/_all_docs?include_docs=true");
        assertThat(all.path("total_rows").asInt()).isEqualTo(3);
        assertThat(all.path("rows"))
                .allSatisfy(row -> assertThat(row.at("/doc/_id").asText())
                        .isEqualTo(row.path("id").asText()));
    }

    @Test
    void locksAnAccountAfterSixWrongPasswords() throws Exception {
        couch.withUser("admin", "right");
        Set<String> answers = new HashSet<>();
        for (int i = 0; i < 6; i++) {
            answers.add(authorized("admin:wrong").statusCode() + " "
                    + authorized("admin:right").statusCode());
        }
        assertThat(answers).containsExactly("401 200");

        for (int i = 0; i < 6; i++) {
            assertThat(authorized("admin:wrong").statusCode()).isEqualTo(401);
        }
        assertThat(authorized("admin:right").statusCode()).isEqualTo(403);
        assertThat(authorized("admin:right").body()).contains("Account is temporarily locked");
        assertThat(send("GET", "/db", "").body()).contains("You are not authorized to access this db.");
    }

    @Test
    void refusesAPortThatIsTaken() {
        int port = URI.create(couch.url()).getPort();

        assertThatThrownBy(() -> EmbeddedCouch.start(port))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("cannot listen at 127.0.0.1:" + port)
                .hasMessageContaining("choose another port");
    }

    private HttpResponse<String> authorized(String userInfo) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(couch.url() + "/db"))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(userInfo.getBytes()))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private void fill(int count) {
        for (int i = 0; i < count; i++) {
            couch.put("db", "{\"_id\":\"acme/" + i + "\"}");
        }
    }

    private JsonNode get(String path) throws Exception {
        HttpResponse<String> response = send("GET", path, "");
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return JSON.readTree(response.body());
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(couch.url() + path))
                .method(method, BodyPublishers.ofString(body))
                .build();
        return client.send(request, BodyHandlers.ofString());
    }

    private BufferedReader stream(String path) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(couch.url() + path)).build();
        return new BufferedReader(new InputStreamReader(
                client.send(request, BodyHandlers.ofInputStream()).body()));
    }

    private static List<String> ids(JsonNode page) {
        List<String> ids = new ArrayList<>();
        page.path("results").forEach(row -> ids.add(row.path("id").asText()));
        return ids;
    }
}
