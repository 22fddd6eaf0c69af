package whisktape.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/**
 * A database found at a server that has answered.
 *
 * @param settings with the database's name
 * @param serverId the server's {@code uuid}; empty if it tells none
 * @param state what the database says of itself
 */
record CouchOpening(CouchSettings settings, Optional<String> serverId, DatabaseState state) {

    /** Asks server and database who they are. Throws {@link whisktape.WhisktapeException} where that is not to be learned. */
    static CouchOpening of(CouchClient client, CouchSettings settings) {
        try {
            Optional<String> serverId = serverId(client, settings);
            CouchSettings found = settings.database().isPresent() ? settings : settings.with(find(client, settings));
            return new CouchOpening(found, serverId, state(client, found));
        } catch (ExecutionException e) {
            throw CouchFailure.explain(settings, e);
        }
    }

    private static Optional<String> serverId(CouchClient client, CouchSettings settings) throws ExecutionException {
        CouchAnswer answer = client.get("/");
        if (answer.status() == 404) {
            throw CouchFailure.notCouch(settings);
        }
        JsonNode json = CouchClient.json(required(answer, settings));
        if (!json.path("couchdb").isTextual() && !json.path("express-pouchdb").isTextual()) {
            throw CouchFailure.notCouch(settings);
        }
        return Optional.of(json.path("uuid").asText()).filter(uuid -> !uuid.isEmpty());
    }

    private static String find(CouchClient client, CouchSettings settings) throws ExecutionException {
        CouchAnswer answer = client.get("/_all_dbs");
        if (answer.status() == 401 || answer.status() == 403) {
            throw CouchFailure.mayNotList(settings, answer);
        }
        List<String> candidates = CouchClient.names(required(answer, settings)).stream()
                .filter(name -> name.endsWith(CouchFailure.SUFFIX))
                .toList();
        if (candidates.size() != 1) {
            throw CouchFailure.notOneDatabase(settings, candidates);
        }
        return candidates.get(0);
    }

    private static DatabaseState state(CouchClient client, CouchSettings settings) throws ExecutionException {
        CouchAnswer answer = client.get(CouchClient.path(settings.database().orElseThrow()));
        if (answer.status() == 404) {
            CouchAnswer all = client.get("/_all_dbs");
            throw CouchFailure.noDatabase(settings, all.isOk() ? CouchClient.names(all) : List.of());
        }
        return DatabaseState.of(required(answer, settings)).orElseThrow(() -> CouchFailure.notCouch(settings));
    }

    private static CouchAnswer required(CouchAnswer answer, CouchSettings settings) {
        if (!answer.isOk()) {
            throw CouchFailure.explain(settings, answer);
        }
        return answer;
    }
}
