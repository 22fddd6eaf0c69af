package whisktape;

import java.util.Optional;

/**
 * What a source of documents needs to go on.
 *
 * @param incarnation which life of the database, from 1
 * @param instanceStartTime CouchDB's mark of that life; empty where the server has none (CouchDB 2 says 0 for all)
 * @param since the update sequence behind which reading goes on, verbatim; {@code 0} for the beginning
 */
public record DatabasePosition(int incarnation, Optional<String> instanceStartTime, String since) {

    /** This position, moved on within the same life. */
    public DatabasePosition at(String updateSeq) {
        return new DatabasePosition(incarnation, instanceStartTime, updateSeq);
    }
}
