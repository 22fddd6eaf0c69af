package whisktape.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.WhisktapeException;

/**
 * Finds out whether an activations database can be recorded, and why not. Reads only, and stops at the first answer that says
 * the password is wrong: six of them lock the account.
 */
public final class CouchDoctor {
    private static final Duration TOLERATED_OFFSET = Duration.ofSeconds(2);

    /** Documents are written up to seconds after the event; and the younger the more likely they were not deleted. */
    private static final Duration WRITTEN_AFTER = Duration.ofSeconds(15);

    private static final Duration STILL_THERE = Duration.ofMinutes(15);
    private static final int COMPARED = 50;

    /** Servers take lines of 8,000 characters, and a namespace may have hundreds. */
    private static final int LONGEST_KEYS = 5_000;

    private static final int ENOUGH_TO_SAY = 5;

    /** Few, because documents may be large. */
    private static final int LOOKED_AT = 20;

    private final CouchQuestions couch;
    private final Optional<String> database;
    private final boolean hasCredentials;
    private final List<Event> newest;
    private final InstantSource clock;
    private final List<Check> checks = new ArrayList<>();

    /**
     * A doctor for one database.
     *
     * @param couch the server
     * @param database its name; empty where it is to be found
     * @param hasCredentials whether the server is told a user and a password
     * @param newest the newest events of the same OpenWhisk; empty where there is no topic to look at
     */
    CouchDoctor(
            CouchQuestions couch,
            Optional<String> database,
            boolean hasCredentials,
            List<Event> newest,
            InstantSource clock) {
        this.couch = couch;
        this.database = database;
        this.hasCredentials = hasCredentials;
        this.newest = newest;
        this.clock = clock;
    }

    /**
     * Looks at everything, as far as one thing does not keep it from the next.
     *
     * @param newest the newest events of the same OpenWhisk; empty where there is no topic to look at
     */
    public static List<Check> examine(CouchSettings settings, List<Event> newest) {
        CouchClient client = new CouchClient(settings, CouchTimings.DEFAULT);
        return new CouchDoctor(
                        path -> ask(client, settings, path),
                        settings.database(),
                        settings.credentials().isPresent(),
                        newest,
                        InstantSource.system())
                .examine();
    }

    private static CouchQuestions.Answer ask(CouchClient client, CouchSettings settings, String path) {
        try {
            CouchAnswer answer = client.get(path);
            return new CouchQuestions.Answer(answer.status(), CouchClient.json(answer), answer.date());
        } catch (ExecutionException e) {
            throw CouchFailure.explain(settings, e);
        }
    }

    /** The same with whatever server there is. */
    List<Check> examine() {
        try {
            if (findServer()) {
                database.or(this::chooseDatabase).ifPresent(this::examineDatabase);
            }
        } catch (WhisktapeException e) {
            checks.add(Check.fail("couchdb", e.getMessage(), Remedy.COUCH_ADDRESS));
        }
        return List.copyOf(checks);
    }

    private boolean findServer() {
        CouchQuestions.Answer answer = couch.get("/");
        if (isRefused(answer)) {
            return false;
        }
        if (answer.status() >= 500) {
            checks.add(Check.fail(
                    "couchdb",
                    "it answers " + answer.status() + ": CouchDB, or what stands before it, is in trouble",
                    Remedy.COUCH_ADDRESS));
            return false;
        }
        boolean isPouch = answer.json().has("express-pouchdb");
        if (!answer.isOk() || !isPouch && !answer.json().has("couchdb")) {
            checks.add(Check.fail("couchdb", "what answers there is not CouchDB", Remedy.COUCH_ADDRESS));
            return false;
        }
        String version = answer.json().path("version").asText("of unknown version");
        checks.add(Check.ok("couchdb", (isPouch ? "PouchDB Server " : "CouchDB ") + version + " answers"));
        examineClock(answer);
        return true;
    }

    private void examineClock(CouchQuestions.Answer answer) {
        if (answer.date().isEmpty()) {
            return;
        }
        Duration behind = Duration.between(answer.date().get(), clock.instant());
        checks.add(
                behind.abs().compareTo(TOLERATED_OFFSET) > 0
                        ? Check.warn(
                                "couchdb clock",
                                "the server's clock is " + EventsExamination.inWords(behind.abs())
                                        + (behind.isNegative() ? " ahead of" : " behind") + " ours",
                                Remedy.CLOCKS)
                        : Check.ok("couchdb clock", "the server's clock is ours, to the second"));
    }

    /** Which it is, where it need not be looked for. */
    private Optional<String> chooseDatabase() {
        CouchQuestions.Answer answer = couch.get("/_all_dbs");
        boolean isOurs = hasCredentials && answer.status() == 401 || answer.status() == 403;
        if (isOurs && !answer.reason().contains("locked")) {
            // It has accepted this user before; CouchDB 3 tells administrators alone.
            checks.add(Check.fail(
                    "database",
                    "the server does not list its databases for this user: name the database at the end of the URL",
                    Remedy.DATABASE));
            return Optional.empty();
        }
        if (isRefused(answer)) {
            return Optional.empty();
        }
        List<String> candidates = candidates(answer);
        if (candidates.size() == 1) {
            return Optional.of(candidates.get(0));
        }
        checks.add(Check.fail(
                "database",
                candidates.isEmpty()
                        ? "no database's name ends with " + CouchFailure.SUFFIX
                        : "one of these has to be named: " + String.join(", ", candidates),
                Remedy.DATABASE));
        return Optional.empty();
    }

    private static List<String> candidates(CouchQuestions.Answer answer) {
        List<String> candidates = new ArrayList<>();
        if (answer.isOk()) {
            answer.json().forEach(name -> candidates.add(name.asText()));
        }
        candidates.removeIf(name -> !name.endsWith(CouchFailure.SUFFIX));
        return candidates;
    }

    /** True if the server does not let us, which is noted. */
    private boolean isRefused(CouchQuestions.Answer answer) {
        if (answer.status() != 401 && answer.status() != 403) {
            return false;
        }
        String found;
        if (answer.reason().contains("locked")) {
            found = "the account is locked after too many wrong passwords; wait 5 minutes before you try the right one";
        } else if (answer.status() == 403) {
            found = "this user may not read the database; make it one of its members";
        } else if (hasCredentials) {
            found = "the server does not accept this user and password; six wrong ones lock the account for 5 minutes";
        } else {
            found = "the server asks for a user and a password, and none were given";
        }
        checks.add(Check.fail("credentials", found, Remedy.CREDENTIALS));
        return true;
    }

    private void examineDatabase(String name) {
        CouchQuestions.Answer about = couch.get(CouchClient.path(name));
        if (isRefused(about) || !isThere(name, about)) {
            return;
        }
        checks.add(Check.ok("credentials", hasCredentials ? "accepted" : "none are needed"));
        long documents = about.json().path("doc_count").asLong();
        Optional<List<JsonNode>> activations = someActivations(name);
        boolean onlyOthers = activations.isPresent() && activations.get().isEmpty();
        if (documents == 0 || onlyOthers && documents <= LOOKED_AT) {
            checks.add(empty());
            return;
        }
        checks.add(Check.ok("documents", String.format("%,d in %s", documents, name)));
        List<Event> compared = comparable();
        checks.add(
                compared.isEmpty()
                        ? activations
                                .map(CouchDoctor::storeLevels)
                                .orElse(Check.ok("store levels", "the latest activations are too large to look at"))
                        : storeLevels(name, compared));
    }

    private boolean isThere(String name, CouchQuestions.Answer about) {
        if (about.isOk()) {
            checks.add(Check.ok(
                    "database",
                    name
                            + (database.isPresent()
                                    ? " is there"
                                    : " is the only one whose name ends with " + CouchFailure.SUFFIX)));
            return true;
        }
        List<String> candidates = about.status() == 404 ? candidates(couch.get("/_all_dbs")) : List.of();
        String found = about.status() == 404
                ? "there is no database " + name
                : "the server answers " + about.status() + " for " + name + ": " + about.reason();
        checks.add(Check.fail(
                "database",
                found + (candidates.isEmpty() ? "" : "; one of these could be meant: " + String.join(", ", candidates)),
                Remedy.DATABASE));
        return false;
    }

    private Check empty() {
        boolean flowing = newest.stream().anyMatch(event -> event.body() instanceof EventBody.Activation);
        return flowing
                ? Check.fail(
                        "documents",
                        "there is no activation in it although events flow: they are stored elsewhere (Elasticsearch),"
                                + " or the store levels or disable-store-result leave them out",
                        Remedy.ACTIVATION_STORE)
                : Check.warn(
                        "documents",
                        "there is no activation in it: nothing was invoked yet, or they are stored elsewhere",
                        Remedy.ACTIVATION_STORE);
    }

    /** Some, the newest if the server can say which these are; empty if they are too large to look at. */
    private Optional<List<JsonNode>> someActivations(String name) {
        CouchQuestions.Answer answer =
                couch.get(CouchClient.path(name) + "/_changes?descending=true&include_docs=true&limit=" + LOOKED_AT);
        if (!answer.json().has("results")) {
            return Optional.empty();
        }
        List<JsonNode> activations = new ArrayList<>();
        for (JsonNode row : answer.json().path("results")) {
            if (row.path("doc").has("activationId")) {
                activations.add(row.path("doc"));
            }
        }
        return Optional.of(activations);
    }

    /** Without events there is only what the documents themselves look like. */
    private static Check storeLevels(List<JsonNode> activations) {
        long successes = activations.stream()
                .filter(activation -> activation.at("/response/statusCode").asInt(-1) == 0)
                .count();
        return successes == 0 && activations.size() >= ENOUGH_TO_SAY
                ? Check.warn(
                        "store levels",
                        String.format(
                                "none of %,d activations is a success: the store levels may leave them out",
                                activations.size()),
                        Remedy.STORE_LEVELS)
                : Check.ok(
                        "store levels",
                        String.format("%,d of %,d activations looked at are successes", successes, activations.size()));
    }

    private Check storeLevels(String name, List<Event> compared) {
        Optional<Set<String>> stored = stored(name, compared);
        if (stored.isEmpty()) {
            return Check.ok("store levels", "the server does not say which of the latest activations it has");
        }
        List<Event> missing = compared.stream()
                .filter(event -> !stored.get().contains(idOf(event)))
                .toList();
        String found = String.format(
                "%,d of the %,d latest activations whose events came are in the database",
                compared.size() - missing.size(), compared.size());
        if (missing.isEmpty()) {
            return Check.ok("store levels", found);
        }
        if (missing.size() == compared.size()) {
            String why = found + ": it is another OpenWhisk's, or they are stored elsewhere (Elasticsearch)";
            return compared.size() < ENOUGH_TO_SAY
                    ? Check.warn("store levels", why, Remedy.ACTIVATION_STORE)
                    : Check.fail("store levels", why, Remedy.ACTIVATION_STORE);
        }
        return Check.warn(
                "store levels",
                found
                        + (missing.stream().allMatch(CouchDoctor::isSuccess)
                                ? ": only successes are missing, which the store levels may leave out"
                                : ": the others come late, were lost, or are of namespaces that store none"),
                Remedy.STORE_LEVELS);
    }

    /** Ids of those that are there; empty if the server does not understand the question. */
    private Optional<Set<String>> stored(String name, List<Event> compared) {
        String keys = compared.stream().map(CouchDoctor::keyOf).collect(Collectors.joining("%2C", "%5B", "%5D"));
        CouchQuestions.Answer answer = couch.get(CouchClient.path(name) + "/_all_docs?keys=" + keys);
        if (!answer.isOk() || !answer.json().has("rows")) {
            return Optional.empty();
        }
        Set<String> ids = new HashSet<>();
        for (JsonNode row : answer.json().path("rows")) {
            if (row.hasNonNull("id") && !row.path("value").path("deleted").asBoolean()) {
                ids.add(row.path("id").asText());
            }
        }
        return Optional.of(ids);
    }

    /** The newest events of activations that must have been written by now, and have not been cleaned up yet. */
    private List<Event> comparable() {
        Instant now = clock.instant();
        List<Event> all = newest.stream()
                .filter(event -> event.body() instanceof EventBody.Activation activation
                        && activation.activationId() != null
                        && event.envelope().namespace() != null
                        && !event.envelope().namespace().equals("whisk.system"))
                .filter(event -> {
                    Duration age = Duration.between(
                            Instant.ofEpochMilli(event.message().timestampMs()), now);
                    return age.compareTo(WRITTEN_AFTER) >= 0 && age.compareTo(STILL_THERE) <= 0;
                })
                .toList();
        int from = all.size();
        for (int chars = 0; from > 0 && all.size() - from < COMPARED; from--) {
            chars += keyOf(all.get(from - 1)).length();
            if (chars > LONGEST_KEYS) {
                break;
            }
        }
        return all.subList(from, all.size());
    }

    private static boolean isSuccess(Event event) {
        return event.body() instanceof EventBody.Activation activation
                && activation.statusCode() != null
                && activation.statusCode() == 0;
    }

    /** The document's id as a JSON text in a URL. */
    private static String keyOf(Event event) {
        return CouchClient.encoded(TextNode.valueOf(idOf(event)).toString());
    }

    private static String idOf(Event event) {
        return event.envelope().namespace() + "/" + ((EventBody.Activation) event.body()).activationId();
    }
}
