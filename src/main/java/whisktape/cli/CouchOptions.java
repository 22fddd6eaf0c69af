package whisktape.cli;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import picocli.CommandLine.Option;
import whisktape.source.CouchSettings;

/** What every verb that talks to CouchDB takes; user and password appear nowhere. */
final class CouchOptions {
    @Option(
            names = "--couchdb",
            paramLabel = "URL",
            description = {
                "The activations database: http://localhost:5984/whisk_local_activations. Without a name",
                "the one database whose name ends in activations. User and password come from",
                "WHISKTAPE_COUCHDB_USER and WHISKTAPE_COUCHDB_PASSWORD, or stand in the URL."
            })
    String url;

    @Option(
            names = "--couchdb-ca",
            paramLabel = "FILE",
            description = "Certificates (PEM) to trust for https, instead of the JVM's.")
    private Path authority;

    @Option(
            names = "--couchdb-login",
            paramLabel = "basic|cookie",
            defaultValue = "basic",
            description = "How to log in. Default: ${DEFAULT-VALUE}.")
    private CouchSettings.Login login;

    /** Where the activations are, if that was given. Throws {@link whisktape.WhisktapeException} where it is no URL. */
    Optional<CouchSettings> settings(boolean noPayloads) {
        return Optional.ofNullable(url)
                .map(given ->
                        CouchSettings.of(given, fromEnvironment(), login, Optional.ofNullable(authority), noPayloads));
    }

    private static Optional<CouchSettings.Credentials> fromEnvironment() {
        return Optional.ofNullable(System.getenv("WHISKTAPE_COUCHDB_USER"))
                .map(user -> new CouchSettings.Credentials(
                        user, Objects.requireNonNullElse(System.getenv("WHISKTAPE_COUCHDB_PASSWORD"), "")));
    }
}
