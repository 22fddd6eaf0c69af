package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.source.CouchFixture.DATABASE;
import static whisktape.source.CouchFixture.QUICK;
import static whisktape.source.CouchFixture.fill;
import static whisktape.source.CouchFixture.ids;
import static whisktape.source.CouchFixture.pollUntilDrained;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedCouch;

/** CouchDB behind TLS, with certificates that only the JVM's own {@code keytool} has signed. */
class CouchTlsTest {
    private static final String STORE_PASSWORD = "changeit";

    @TempDir
    private static Path temp;

    @BeforeAll
    static void makeCertificates() throws Exception {
        makeCertificate("server");
        makeCertificate("other");
    }

    @Test
    void trustsTheAuthorityItIsGiven() throws Exception {
        try (EmbeddedCouch couch = CouchFixture.couch();
                ScriptedCouch secure = ScriptedCouch.before(couch, tls());
                CouchSource source = open(secure, Optional.of(temp.resolve("server.pem")))) {
            fill(couch, 0, 5);

            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 5));
        }
    }

    @Test
    void trustsNobodyElseThen() throws Exception {
        refuses(Optional.of(temp.resolve("other.pem")), "TLS failed", "other.pem", "--couchdb-ca");
    }

    @Test
    void saysHowToTrustAnAuthorityThatTheJvmDoesNotKnow() throws Exception {
        refuses(Optional.empty(), "TLS failed", "give its CA's certificate with --couchdb-ca");
    }

    @Test
    void refusesAFileWithoutCertificates() throws Exception {
        Path empty = Files.createFile(temp.resolve("empty.pem"));
        Path noise = Files.writeString(temp.resolve("noise.pem"), "no certificate");

        refuses(Optional.of(empty), "cannot use the CA file " + empty, "--couchdb-ca");
        refuses(Optional.of(noise), "cannot use the CA file " + noise, "--couchdb-ca");
        refuses(Optional.of(temp.resolve("none.pem")), "cannot read the CA file", "--couchdb-ca");
    }

    private static void refuses(Optional<Path> ca, String... parts) throws Exception {
        try (EmbeddedCouch couch = CouchFixture.couch();
                ScriptedCouch secure = ScriptedCouch.before(couch, tls())) {
            assertThatThrownBy(() -> open(secure, ca))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContainingAll(parts);
        }
    }

    private static CouchSource open(ScriptedCouch couch, Optional<Path> ca) {
        CouchSettings settings =
                CouchSettings.of(couch.url() + "/" + DATABASE, Optional.empty(), CouchSettings.Login.BASIC, ca, false);
        return CouchSource.open(settings, new StartAt.Earliest(), QUICK);
    }

    private static void makeCertificate(String name) throws Exception {
        Path store = temp.resolve(name + ".p12");
        keytool("-genkeypair -alias x -keyalg EC -validity 2 -dname CN=localhost -ext san=dns:localhost", store);
        keytool("-exportcert -rfc -alias x -file " + temp.resolve(name + ".pem"), store);
    }

    private static void keytool(String arguments, Path store) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(arguments.split(" ")));
        command.addAll(List.of("-keystore", store.toString(), "-storetype", "PKCS12", "-storepass", STORE_PASSWORD));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
    }

    private static SSLContext tls() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(temp.resolve("server.p12"))) {
            store.load(in, STORE_PASSWORD.toCharArray());
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, STORE_PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }
}
