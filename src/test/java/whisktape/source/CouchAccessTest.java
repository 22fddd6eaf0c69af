package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.source.CouchFixture.DATABASE;
import static whisktape.source.CouchFixture.QUICK;
import static whisktape.source.CouchFixture.await;
import static whisktape.source.CouchFixture.fill;
import static whisktape.source.CouchFixture.ids;
import static whisktape.source.CouchFixture.next;
import static whisktape.source.CouchFixture.pollUntilDrained;
import static whisktape.source.CouchFixture.settings;

import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedCouch;

/** Who may read, what there is to read, and what is said where that does not work. */
class CouchAccessTest {
    private static final String PASSWORD = "s3cr:t@/% word";
    private static final String ENCODED = "s3cr%3At%40%2F%25%20word";

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
    void readsWithThePasswordOfTheUrl() {
        couch.withUser("whisk_admin", PASSWORD);
        fill(couch, 0, 5);
        try (CouchSource source = open(url("whisk_admin:" + ENCODED + "@", DATABASE))) {
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 5));
            assertThat(scripted.requests("_session")).isEmpty();
        }
    }

    @Test
    void logsInOnceForACookie() {
        couch.withUser("whisk_admin", PASSWORD);
        fill(couch, 0, 5);
        try (CouchSource source = openWithCookie()) {
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 5));
            assertThat(scripted.requests("POST /_session")).hasSize(1);
        }
    }

    @Test
    void logsInAgainWhenTheCookieHasExpired() {
        couch.withUser("whisk_admin", PASSWORD);
        fill(couch, 0, 5);
        try (CouchSource source = openWithCookie()) {
            pollUntilDrained(source);
            couch.expireSessions();
            fill(couch, 5, 10);

            assertThat(ids(List.of(next(source)))).isNotEmpty();
            pollUntilDrained(source);
            assertThat(scripted.requests("POST /_session")).hasSizeBetween(2, 4);
        }
    }

    @Test
    void doesNotLogInAgainAndAgain() {
        couch.withUser("whisk_admin", PASSWORD);
        try (CouchSource source = openWithCookie()) {
            pollUntilDrained(source);
            int before = scripted.requests("POST /_session").size();
            couch.expireSessions();
            couch.withUser("whisk_admin", "another one");

            assertThatThrownBy(() -> await().until(() -> {
                        source.poll(Duration.ofMillis(5));
                        return false;
                    }))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("it does not accept this user and password");
            assertThat(scripted.requests("POST /_session").size() - before).isLessThanOrEqualTo(2);
        }
    }

    private CouchSource openWithCookie() {
        return CouchSource.open(
                settings(url("whisk_admin:" + ENCODED + "@", DATABASE), CouchSettings.Login.COOKIE),
                new StartAt.Earliest(),
                QUICK);
    }

    @Test
    void saysThatAPasswordIsNeeded() {
        couch.withUser("whisk_admin", PASSWORD);

        refuses(url("", DATABASE), "asks for a user and a password", "WHISKTAPE_COUCHDB_USER");
    }

    @Test
    void triesAWrongPasswordOnce() {
        couch.withUser("whisk_admin", PASSWORD);

        refuses(url("whisk_admin:wrong@", DATABASE), "does not accept this user and password");

        assertThat(scripted.requests("")).hasSize(1);
    }

    @Test
    void saysHowLongALockedAccountTakes() {
        couch.withUser("whisk_admin", PASSWORD);
        for (int i = 0; i < 6; i++) {
            refuses(url("whisk_admin:wrong@", DATABASE), "does not accept this user and password");
        }

        refuses(url("whisk_admin:" + ENCODED + "@", DATABASE), "locked", "wait 5 minutes");
        assertThat(scripted.requests("")).hasSize(7);
    }

    @Test
    void saysThatTheUserMayNotRead() {
        scripted.always(
                "GET /" + DATABASE,
                ScriptedCouch.status(
                        403, "{\"error\":\"forbidden\",\"reason\":\"You are not allowed to access this db.\"}"));

        refuses(url("", DATABASE), "this user may not read it", "member");
    }

    @Test
    void namesTheDatabasesThatCouldBeMeant() {
        couch.createDatabase("subjects");

        refuses(url("", "local_activations"), "there is no such database; these could be meant: " + DATABASE + ";");
    }

    @Test
    void findsTheOnlyDatabaseOfActivations() {
        couch.createDatabase("whisk_local_subjects");
        fill(couch, 0, 2);
        try (CouchSource source = open(scripted.url())) {
            assertThat(source.database()).isEqualTo(DATABASE);
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 2));
        }
    }

    @Test
    void doesNotChooseBetweenSeveralDatabases() {
        couch.createDatabase("test_activations");

        refuses(scripted.url(), "test_activations, " + DATABASE, "name it at the end of the URL");
    }

    @Test
    void saysThatThereIsNoDatabaseOfActivations() {
        couch.deleteDatabase(DATABASE);

        refuses(scripted.url(), "none ends with activations");
    }

    @Test
    void asksForTheNameWhereDatabasesAreNotListed() {
        scripted.always("_all_dbs", ScriptedCouch.status(403, "{}"));

        refuses(scripted.url(), "does not list them", "name it at the end of the URL");
    }

    /** CouchDB 3 lists them for administrators only, and says 401 to other users, however right their password is. */
    @Test
    void asksForTheNameWhereOnlyAdministratorsMayListDatabases() {
        couch.withUser("reader", PASSWORD);
        scripted.always(
                "_all_dbs",
                ScriptedCouch.status(401, "{\"error\":\"unauthorized\",\"reason\":\"You are not a server admin.\"}"));

        refuses(
                scripted.url().replace("://", "://reader:" + ENCODED + "@"),
                "does not list them",
                "name it at the end of the URL");
    }

    @Test
    void saysThatNothingListens() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        refuses("http://user:" + ENCODED + "@localhost:" + port + "/x", "nothing listens there; check --couchdb");
    }

    @Test
    void saysThatNobodyKnowsTheHost() {
        refuses("http://user:" + ENCODED + "@nowhere.invalid:5984/x", "nobody knows the host nowhere.invalid");
    }

    @Test
    void saysThatNobodyAnswers() throws Exception {
        CouchTimings impatient = new CouchTimings(
                Duration.ofMillis(200),
                QUICK.silence(),
                QUICK.heartbeat(),
                QUICK.look(),
                QUICK.breath(),
                QUICK.backoffFirst(),
                QUICK.backoffMost());
        try (ServerSocket silent = new ServerSocket(0)) {
            CouchSettings settings = settings("http://localhost:" + silent.getLocalPort() + "/x");
            assertThatThrownBy(() -> CouchSource.open(settings, new StartAt.Earliest(), impatient))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("no answer in 200 ms; check --couchdb");
        }
    }

    @Test
    void saysThatSomethingElseAnswers() {
        scripted.always("GET / ", ScriptedCouch.status(200, "<html>welcome</html>"));

        refuses(url("", DATABASE), "what answers there is not CouchDB; check --couchdb");
    }

    private static CouchSource open(String url) {
        return CouchSource.open(settings(url), new StartAt.Earliest(), QUICK);
    }

    private String url(String userInfo, String database) {
        return scripted.url().replace("://", "://" + userInfo) + "/" + database;
    }

    private static void refuses(String url, String... parts) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContainingAll(parts)
                .hasMessageNotContainingAny("\n", PASSWORD, ENCODED, "wrong@");
    }
}
