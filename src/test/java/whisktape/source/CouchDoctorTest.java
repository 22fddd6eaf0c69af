package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import whisktape.Event;
import whisktape.Message;
import whisktape.OddDocuments;
import whisktape.WhisktapeException;

class CouchDoctorTest {
    private static final Instant NOW = Instant.parse("2026-03-14T09:15:00Z");
    private static final String DATABASE = "whisk_local_activations";

    private final Map<String, CouchQuestions.Answer> answers = new LinkedHashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Event> events = new ArrayList<>();
    private Optional<String> database = Optional.of(DATABASE);
    private boolean hasCredentials = true;

    @BeforeEach
    void allIsWell() {
        answer("/", 200, "{\"couchdb\":\"Welcome\",\"version\":\"2.3.1\"}");
        answer("/_all_dbs", 200, "[\"_users\",\"whisk_local_activations\",\"whisk_local_subjects\"]");
        answer("/" + DATABASE, 200, "{\"db_name\":\"" + DATABASE + "\",\"doc_count\":1204}");
        answer(
                "/" + DATABASE + "/_changes",
                200,
                "{\"results\":[{\"seq\":\"1\",\"id\":\"a\",\"doc\":" + OddDocuments.full() + "}]}");
    }

    @Test
    void isContentWithADatabaseThatHasWhatTheEventsSay() {
        happened("a1", 0);
        happened("a2", 1);
        stored("a1", "a2");

        assertThat(examine())
                .containsExactly(
                        Check.ok("couchdb", "CouchDB 2.3.1 answers"),
                        Check.ok("couchdb clock", "the server's clock is ours, to the second"),
                        Check.ok("database", DATABASE + " is there"),
                        Check.ok("credentials", "accepted"),
                        Check.ok("documents", "1,204 in " + DATABASE),
                        Check.ok(
                                "store levels", "2 of the 2 latest activations whose events came are in the database"));
    }

    @Test
    void findsTheDatabaseByItself() {
        database = Optional.empty();

        assertThat(examine())
                .contains(Check.ok("database", DATABASE + " is the only one whose name ends with activations"));
    }

    @Test
    void namesCandidatesForADatabaseThatIsNotThere() {
        database = Optional.of("whisk_activations");
        answer("/whisk_activations", 404, "{\"error\":\"not_found\",\"reason\":\"Database does not exist.\"}");

        assertThat(examine())
                .last()
                .isEqualTo(Check.fail(
                        "database",
                        "there is no database whisk_activations; one of these could be meant: " + DATABASE,
                        Remedy.DATABASE));
    }

    @Test
    void stopsAtTheFirstWrongPassword() {
        answer("/", 401, "{\"error\":\"unauthorized\",\"reason\":\"Name or password is incorrect.\"}");

        assertThat(examine())
                .containsExactly(Check.fail(
                        "credentials",
                        "the server does not accept this user and password; six wrong ones lock the account for 5 minutes",
                        Remedy.CREDENTIALS));
        assertThat(asked).containsExactly("/");
    }

    @Test
    void knowsALockedAccountFromOneThatMayNotRead() {
        answer("/", 403, "{\"reason\":\"Account is temporarily locked due to multiple authentication failures\"}");
        assertThat(examine())
                .singleElement()
                .satisfies(check -> assertThat(check.found()).startsWith("the account is locked"));

        allIsWell();
        answer("/" + DATABASE, 403, "{\"reason\":\"You are not allowed to access this db.\"}");
        assertThat(examine())
                .last()
                .satisfies(check -> assertThat(check.found()).startsWith("this user may not read"));
    }

    /** CouchDB lists databases for administrators only, and says 401 to everybody else, however right the password is. */
    @Test
    void asksForTheNameWhereOnlyAdministratorsMayListDatabases() {
        database = Optional.empty();
        answer("/_all_dbs", 401, "{\"error\":\"unauthorized\",\"reason\":\"You are not a server admin.\"}");

        assertThat(examine()).last().satisfies(check -> {
            assertThat(check.name()).isEqualTo("database");
            assertThat(check.found()).contains("name the database at the end of the URL");
        });
    }

    @Test
    void asksForAPasswordWhereDatabasesAreNotListedForStrangers() {
        database = Optional.empty();
        hasCredentials = false;
        answer("/_all_dbs", 401, "{\"error\":\"unauthorized\",\"reason\":\"You are not a server admin.\"}");

        assertThat(examine())
                .last()
                .isEqualTo(Check.fail(
                        "credentials",
                        "the server asks for a user and a password, and none were given",
                        Remedy.CREDENTIALS));
    }

    @Test
    void takesAServerInTroubleForNoEmptyDatabase() {
        answer("/" + DATABASE, 500, "{\"error\":\"nodedown\",\"reason\":\"progress not possible\"}");

        assertThat(examine())
                .last()
                .isEqualTo(Check.fail(
                        "database",
                        "the server answers 500 for " + DATABASE + ": progress not possible",
                        Remedy.DATABASE));
    }

    /** Servers refuse long URLs, and a namespace may have 256 characters. */
    @Test
    void asksForNoMoreThanFitsIntoAUrl() {
        for (int i = 0; i < 50; i++) {
            events.add(happening("é".repeat(250), "a" + i, 0, NOW.minusSeconds(60)));
        }
        stored();

        examine();

        assertThat(asked)
                .filteredOn(path -> path.contains("_all_docs"))
                .singleElement()
                .asString()
                .hasSizeLessThan(6_000);
    }

    @Test
    void noticesAnEmptyDatabaseAlthoughEventsFlow() {
        answer("/" + DATABASE, 200, "{\"db_name\":\"" + DATABASE + "\",\"doc_count\":3}");
        answer(
                "/" + DATABASE + "/_changes",
                200,
                "{\"results\":[{\"id\":\"_design/x\",\"doc\":{\"_id\":\"_design/x\"}}]}");
        assertThat(examine())
                .last()
                .satisfies(check -> assertThat(check.result()).isEqualTo(Check.Result.WARN));

        happened("a1", 0);
        Check check = examine().get(4);

        assertThat(check.result()).isEqualTo(Check.Result.FAIL);
        assertThat(check.found()).startsWith("there is no activation in it although events flow");
        assertThat(check.remedy().orElseThrow().toString())
                .contains("ansible: ", "; helm: ", "; compose: ", "; standalone: ");
    }

    @Test
    void noticesThatSuccessesAreNotStored() {
        happened("a1", 0);
        happened("a2", 2);
        stored("a2");

        assertThat(examine())
                .last()
                .isEqualTo(Check.warn(
                        "store levels",
                        "1 of the 2 latest activations whose events came are in the database: only successes are missing,"
                                + " which the store levels may leave out",
                        Remedy.STORE_LEVELS));
    }

    @Test
    void noticesADatabaseOfAnotherSystem() {
        for (int i = 0; i < 5; i++) {
            happened("a" + i, 0);
        }
        stored();

        assertThat(examine()).last().satisfies(check -> {
            assertThat(check.result()).isEqualTo(Check.Result.FAIL);
            assertThat(check.found()).contains("0 of the 5", "another OpenWhisk's");
        });
    }

    @Test
    void judgesByTheDocumentsWhereThereAreNoEvents() {
        String failure = OddDocuments.with("\"statusCode\":0", "\"statusCode\":2");
        String row = "{\"doc\":" + failure + "}";
        answer("/" + DATABASE + "/_changes", 200, "{\"results\":[" + String.join(",", row, row, row, row, row) + "]}");

        assertThat(examine()).last().satisfies(check -> {
            assertThat(check.result()).isEqualTo(Check.Result.WARN);
            assertThat(check.found()).startsWith("none of 5 activations is a success");
        });
    }

    @Test
    void takesNoDatabaseForEmptyBecauseItsDocumentsAreLarge() {
        answer("/" + DATABASE, 200, "{\"db_name\":\"" + DATABASE + "\",\"doc_count\":3}");
        answers.put(
                "/" + DATABASE + "/_changes",
                new CouchQuestions.Answer(200, MissingNode.getInstance(), Optional.empty()));

        assertThat(examine())
                .contains(
                        Check.ok("documents", "3 in " + DATABASE),
                        Check.ok("store levels", "the latest activations are too large to look at"));
    }

    @Test
    void doesNotExpectWhatHasJustHappened() {
        event("a1", 0, NOW.minusSeconds(1));

        examine();

        assertThat(asked).noneMatch(path -> path.contains("_all_docs"));
    }

    @Test
    void noticesAClockThatIsWrong() {
        answers.replaceAll((path, answer) ->
                new CouchQuestions.Answer(answer.status(), answer.json(), Optional.of(NOW.minusSeconds(90))));

        assertThat(examine())
                .contains(Check.warn("couchdb clock", "the server's clock is 90 s behind ours", Remedy.CLOCKS));
    }

    @Test
    void saysWhyNobodyAnswers() {
        List<Check> checks = new CouchDoctor(
                        path -> {
                            throw new WhisktapeException("nothing listens there");
                        },
                        database,
                        true,
                        events,
                        InstantSource.fixed(NOW))
                .examine();

        assertThat(checks).containsExactly(Check.fail("couchdb", "nothing listens there", Remedy.COUCH_ADDRESS));
    }

    @Test
    void recognisesWhatIsNoCouch() {
        answer("/", 200, "{\"name\":\"elasticsearch\"}");

        assertThat(examine())
                .containsExactly(Check.fail("couchdb", "what answers there is not CouchDB", Remedy.COUCH_ADDRESS));
    }

    private List<Check> examine() {
        return new CouchDoctor(this::get, database, hasCredentials, events, InstantSource.fixed(NOW)).examine();
    }

    private CouchQuestions.Answer get(String path) {
        asked.add(path);
        CouchQuestions.Answer answer = answers.get(path.split("\\?")[0]);
        return answer == null ? new CouchQuestions.Answer(404, json("{}"), Optional.of(NOW)) : answer;
    }

    private void answer(String path, int status, String json) {
        answers.put(path, new CouchQuestions.Answer(status, json(json), Optional.of(NOW)));
    }

    private void stored(String... ids) {
        List<String> rows = new ArrayList<>(List.of("{\"key\":\"x\",\"error\":\"not_found\"}"));
        for (String id : ids) {
            rows.add("{\"id\":\"guest/" + id + "\",\"key\":\"guest/" + id + "\",\"value\":{\"rev\":\"1-a\"}}");
        }
        answer("/" + DATABASE + "/_all_docs", 200, "{\"rows\":[" + String.join(",", rows) + "]}");
    }

    private void happened(String id, int statusCode) {
        event(id, statusCode, NOW.minusSeconds(60));
    }

    private void event(String id, int statusCode, Instant at) {
        events.add(happening("guest", id, statusCode, at));
    }

    private Event happening(String namespace, String id, int statusCode, Instant at) {
        String text = "{\"body\":{\"activationId\":\"" + id + "\",\"statusCode\":" + statusCode + "},\"namespace\":\""
                + namespace + "\"}";
        return new EventParser()
                .parse(new Message(
                        1,
                        0,
                        events.size(),
                        at.toEpochMilli(),
                        Message.TimestampType.CREATE,
                        at.toEpochMilli(),
                        null,
                        text.getBytes(StandardCharsets.UTF_8),
                        List.of()));
    }

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(text, e);
        }
    }
}
