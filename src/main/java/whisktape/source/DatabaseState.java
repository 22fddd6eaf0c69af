package whisktape.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a database says of itself.
 *
 * @param instanceStartTime the mark of its life; empty with CouchDB 2, which says 0 for all
 * @param documents how many there are and were; empty where the server does not count the deleted ones
 */
record DatabaseState(Optional<String> instanceStartTime, OptionalLong documents) {

    /** Reads the answer to {@code GET /db}; empty if no CouchDB has written it. */
    static Optional<DatabaseState> of(CouchAnswer answer) {
        JsonNode json = CouchClient.json(answer);
        if (!json.hasNonNull("db_name")) {
            return Optional.empty();
        }
        Optional<String> startTime = Optional.of(
                        json.path("instance_start_time").asText())
                .filter(text -> !text.isEmpty() && !text.equals("0") && !text.equals("null"));
        boolean counts =
                json.path("doc_count").isNumber() && json.path("doc_del_count").isNumber();
        return Optional.of(new DatabaseState(
                startTime,
                counts
                        ? OptionalLong.of(json.path("doc_count").asLong()
                                + json.path("doc_del_count").asLong())
                        : OptionalLong.empty()));
    }

    /** True if both tell of their life, and it is not the same. */
    boolean isAnotherThan(Optional<String> startTime) {
        return startTime.isPresent() && instanceStartTime.isPresent() && !startTime.equals(instanceStartTime);
    }

    /** True if both tell of their life, and it is the same. */
    boolean isSameAs(Optional<String> startTime) {
        return startTime.isPresent() && startTime.equals(instanceStartTime);
    }

    /** True if there are fewer documents than there were, where nothing else tells one life from another. */
    boolean hasLost(DatabaseState before) {
        return instanceStartTime.isEmpty()
                && documents.isPresent()
                && before.documents().isPresent()
                && documents.getAsLong() < before.documents().getAsLong();
    }
}
