package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.WhisktapeException;

class CouchSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "http://localhost:5984/whisk_local_activations, http://localhost:5984, whisk_local_activations",
        "http://localhost:5984/whisk_local_activations/, http://localhost:5984, whisk_local_activations",
        "http://localhost:5984, http://localhost:5984,",
        "http://localhost:5984/, http://localhost:5984,",
        "HTTPS://couch.example/behind/a/proxy/db, HTTPS://couch.example/behind/a/proxy, db",
        "http://couch/a%2Fb%2b, http://couch, a/b+",
        "http://couch/a+b, http://couch, a+b",
        "http://u:p@couch/db, http://couch, db",
        "http://[::1]:5984/db, http://[::1]:5984, db",
    })
    void findsServerAndDatabaseInAUrl(String url, String server, String database) {
        CouchSettings settings = settings(url);

        assertThat(settings.server()).hasToString(server);
        assertThat(settings.database()).isEqualTo(Optional.ofNullable(database));
    }

    @ParameterizedTest
    @CsvSource({
        "http://u:p@couch/db, u, p",
        "http://u%40x:p%3A%2F%C3%A9%20+@couch/db, u@x, p:/é +",
        "http://u:p@ss/w#rd?:x@couch/db, u, p@ss/w#rd?:x",
        "http://u@couch/db, u, ''",
    })
    void findsUserAndPasswordInAUrl(String url, String user, String password) {
        assertThat(settings(url).credentials()).contains(new CouchSettings.Credentials(user, password));
    }

    @Test
    void takesGivenCredentialsWhereTheUrlHasNone() {
        var given = Optional.of(new CouchSettings.Credentials("given", "x"));

        assertThat(settings("http://couch/db", given).credentials()).isEqualTo(given);
        assertThat(settings("http://u:p@couch/db", given)
                        .credentials()
                        .orElseThrow()
                        .user())
                .isEqualTo("u");
        assertThat(settings("http://couch/db").credentials()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s3cret",
                "couch:5984/db",
                "ftp://u:s3cret@couch/db",
                "http://",
                "http:///db",
                "http://u:s3cret@/db",
                "http://u:s3cret:5984/db",
                "http://u:s3cret%zz@couch/db",
                "http://u:s3cret%ff@couch/db",
                "http://u:s3cret@co uch/db",
                "http://u:s3cret@couch:99999/db",
                "http://u:s3cret@my_couch:5984/db",
                "http://u:s3cret@couch/db?x=s3cret",
                "http://u:s3cret@couch/db#s3cret",
            })
    void refusesWhatIsNoUrlWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> settings(url))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("Invalid value for option '--couchdb'")
                .hasMessageContaining("http[s]://[USER:PASSWORD@]HOST[:PORT][/DATABASE]")
                .hasMessageNotContaining("s3cret")
                .hasNoCause()
                .extracting(e -> ((WhisktapeException) e).kind().exitCode())
                .isEqualTo(2);
    }

    @Test
    void keepsThePasswordToItself() {
        CouchSettings settings = settings("http://someone:s3cret@couch:5984/db");

        assertThat(settings).hasToString("database db at http://couch:5984");
        assertThat(settings.credentials().toString()).doesNotContain("s3cret", "someone");
        assertThat(settings("http://someone:s3cret@couch:5984")).hasToString("CouchDB at http://couch:5984");
    }

    private static CouchSettings settings(String url) {
        return settings(url, Optional.empty());
    }

    private static CouchSettings settings(String url, Optional<CouchSettings.Credentials> given) {
        return CouchSettings.of(url, given, CouchSettings.Login.BASIC, Optional.empty(), false);
    }
}
