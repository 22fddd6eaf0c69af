package whisktape.recording;

import java.nio.file.Path;
import java.util.Optional;
import whisktape.WhisktapeException;

/** Says no to going on with a recording from where its rows do not come from. */
final class SameOrigin {
    private SameOrigin() {}

    /** Offsets of another cluster or topic count something else. */
    static void require(Path folder, Manifest.Kafka recorded, String clusterId, String topic) {
        if (!recorded.topic().equals(topic)) {
            throw WhisktapeException.refused("the recording " + folder + " is of topic " + recorded.topic()
                    + ", not of " + topic + "; record that into another folder");
        }
        if (recorded.clusterId() != null && !recorded.clusterId().equals(clusterId)) {
            throw WhisktapeException.refused("the recording " + folder + " is of cluster " + recorded.clusterId()
                    + " and this one is " + clusterId + "; record it into another folder");
        }
    }

    /** Changes of another database have nothing to do with those recorded. */
    static void require(Path folder, Manifest.Couchdb recorded, Optional<String> serverId, String database) {
        if (!recorded.database().equals(database)) {
            throw WhisktapeException.refused("the recording " + folder + " is of database " + recorded.database()
                    + ", not of " + database + "; record that into another folder");
        }
        if (recorded.serverId() != null
                && serverId.isPresent()
                && !recorded.serverId().equals(serverId.get())) {
            throw WhisktapeException.refused("the recording " + folder + " is of CouchDB server " + recorded.serverId()
                    + " and this one is " + serverId.get() + "; record it into another folder");
        }
    }
}
