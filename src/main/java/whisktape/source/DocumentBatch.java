package whisktape.source;

import java.util.List;
import java.util.Optional;
import whisktape.DatabasePosition;
import whisktape.Document;

/**
 * What a source of documents hands out at once: one page of the changes feed, whole, because only at its end it is known
 * where to go on. It happened in the order of the components.
 *
 * @param gap why documents are missing, in a few words; empty if none is
 * @param newLife where reading began anew, if the database is another one than before
 * @param documents in the order in which the server told them, which means nothing
 * @param next the update sequence behind which reading goes on after these documents; empty if it has not moved
 * @param sizeBytes roughly what the documents hold in memory
 */
public record DocumentBatch(
        Optional<String> gap,
        Optional<DatabasePosition> newLife,
        List<Document> documents,
        Optional<String> next,
        long sizeBytes)
        implements Batch {
    public static final DocumentBatch EMPTY =
            new DocumentBatch(Optional.empty(), Optional.empty(), List.of(), Optional.empty(), 0);

    @Override
    public boolean isEmpty() {
        return gap.isEmpty() && newLife.isEmpty() && documents.isEmpty() && next.isEmpty();
    }

    @Override
    public int rows() {
        return documents.size();
    }
}
