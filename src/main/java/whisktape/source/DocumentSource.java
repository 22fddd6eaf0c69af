package whisktape.source;

import java.time.Duration;
import java.util.Optional;
import whisktape.DatabasePosition;

/** Where documents of activations come from: a CouchDB database, or a dump of one. */
public non-sealed interface DocumentSource extends Source {

    /** The server's own id; empty for what is no server, or one without. */
    Optional<String> serverId();

    /** The database's name. */
    String database();

    /** Where reading stood when the source was opened. */
    DatabasePosition start();

    @Override
    DocumentBatch poll(Duration atMost);

    @Override
    DocumentBatch rest();
}
