package whisktape.source;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import whisktape.WhisktapeException;

/** Says in a sentence what an answer of CouchDB, or none, means for the user. */
final class CouchFailure {
    static final String SUFFIX = "activations";

    private CouchFailure() {}

    /** No answer came. */
    static WhisktapeException explain(CouchSettings settings, ExecutionException e) {
        return new WhisktapeException(tried(settings) + reason(settings, e.getCause()), e.getCause());
    }

    /** An answer came that helps nobody. */
    static WhisktapeException explain(CouchSettings settings, CouchAnswer answer) {
        return new WhisktapeException(tried(settings) + reason(settings, answer));
    }

    /** There is no such database, but there are these. */
    static WhisktapeException noDatabase(CouchSettings settings, List<String> databases) {
        List<String> candidates =
                databases.stream().filter(name -> name.endsWith(SUFFIX)).toList();
        return new WhisktapeException(tried(settings) + "there is no such database"
                + (candidates.isEmpty()
                        ? "; OpenWhisk's deployment creates it; check --couchdb"
                        : "; these could be meant: " + String.join(", ", candidates) + "; check --couchdb"));
    }

    /** The URL names no database, and this is what there is. */
    static WhisktapeException notOneDatabase(CouchSettings settings, List<String> candidates) {
        return WhisktapeException.refused("cannot choose a database at " + settings.server() + ": "
                + (candidates.isEmpty()
                        ? "none ends with " + SUFFIX
                        : "these end with " + SUFFIX + ": " + String.join(", ", candidates))
                + "; name it at the end of the URL given to --couchdb");
    }

    /**
     * The URL names no database, and which there are is not for this user to know: CouchDB 3 tells administrators alone, and
     * says 401 to all others, whose password has been good until here.
     */
    static WhisktapeException mayNotList(CouchSettings settings, CouchAnswer answer) {
        boolean isStranger = answer.status() == 401 && settings.credentials().isEmpty();
        return isStranger || saidOf(answer).contains("locked")
                ? explain(settings, answer)
                : WhisktapeException.refused(
                        "cannot choose a database at " + settings.server()
                                + ": the server does not list them for this user; name it at the end of the URL given to --couchdb");
    }

    static WhisktapeException notCouch(CouchSettings settings) {
        return new WhisktapeException(tried(settings) + "what answers there is not CouchDB; check --couchdb");
    }

    /** True where nobody, or somebody overloaded, answers: it may be better in a moment. */
    static boolean isTransient(ExecutionException e) {
        return e.getCause() instanceof IOException && !(e.getCause() instanceof SSLHandshakeException);
    }

    private static String tried(CouchSettings settings) {
        return "cannot read " + settings + ": ";
    }

    private static String reason(CouchSettings settings, Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return messageOf(cause) + "; check --couchdb";
        }
        if (isTls(cause)) {
            return "TLS failed (" + messageOf(cause) + "); "
                    + settings.caFile()
                            .map(file ->
                                    "check whether " + file + ", given to --couchdb-ca, holds its CA's certificate")
                            .orElse("give its CA's certificate with --couchdb-ca");
        }
        if (rootOf(cause) instanceof UnresolvedAddressException) {
            return "nobody knows the host " + settings.server().getHost() + "; check --couchdb";
        }
        if (cause instanceof ConnectException) {
            return "nothing listens there; check --couchdb, and whether CouchDB's port can be reached from here";
        }
        return messageOf(cause) + "; check --couchdb";
    }

    private static String reason(CouchSettings settings, CouchAnswer answer) {
        String said = saidOf(answer);
        return switch (answer.status()) {
            case 401 ->
                settings.credentials().isEmpty()
                        ? "it asks for a user and a password; give them in WHISKTAPE_COUCHDB_USER and"
                                + " WHISKTAPE_COUCHDB_PASSWORD or in the URL"
                        : "it does not accept this user and password; check them before you try again, CouchDB locks an account"
                                + " after six wrong ones";
            case 403 ->
                said.contains("locked")
                        ? "the account is locked after too many wrong passwords; wait 5 minutes, then try the right one"
                        : "this user may not read it; make it a member of the database";
            case 429 -> "the server is overloaded (429); try again later";
            default ->
                "it answered " + answer.status()
                        + Optional.of(said)
                                .filter(text -> !text.isEmpty())
                                .map(text -> " (" + text + ")")
                                .orElse("")
                        + "; check --couchdb and CouchDB's log";
        };
    }

    private static String saidOf(CouchAnswer answer) {
        return CouchClient.json(answer).path("reason").asText();
    }

    private static boolean isTls(Throwable cause) {
        for (Throwable e = cause; e != null; e = e.getCause()) {
            if (e instanceof SSLException) {
                return true;
            }
        }
        return false;
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String messageOf(Throwable cause) {
        Throwable root = rootOf(cause);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}
