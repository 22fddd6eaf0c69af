package whisktape.source;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.Document;
import whisktape.DocumentBody;

/** Makes documents of rows, and leaves out those that are older than what is wanted. */
final class ChangedDocuments {
    private final boolean noPayloads;
    private final Optional<Instant> notBefore;
    private final DocumentParser parser;

    ChangedDocuments(boolean noPayloads, Optional<Instant> notBefore) {
        this.noPayloads = noPayloads;
        this.notBefore = notBefore;
        this.parser = new DocumentParser(!noPayloads);
    }

    List<Document> of(List<ChangedRow> rows, int incarnation) {
        long now = System.currentTimeMillis();
        List<Document> documents = new ArrayList<>(rows.size());
        for (ChangedRow row : rows) {
            Document document = of(row, incarnation, now);
            if (isWanted(row, document)) {
                documents.add(document);
            }
        }
        return documents;
    }

    private Document of(ChangedRow row, int incarnation, long now) {
        if (row.unreadable() == null) {
            return parser.parse(incarnation, row.seq(), now, row.id(), row.rev(), row.isDeleted(), row.document());
        }
        DocumentBody body = row.isDeleted() && row.document() == null && row.id() != null
                ? new DocumentBody.Tombstone()
                : new DocumentBody.Unreadable(row.unreadable());
        // What nobody can read cannot be freed from its payload either.
        byte[] text = noPayloads ? null : row.document();
        return new Document(incarnation, row.seq(), now, row.id(), row.rev(), row.isDeleted(), text, body, null);
    }

    /** A row that could not be read is never left out: nobody knows of what time it is. */
    private boolean isWanted(ChangedRow row, Document document) {
        if (notBefore.isEmpty() || row.unreadable() != null && !row.isDeleted()) {
            return true;
        }
        return document.body() instanceof DocumentBody.Activation activation
                && newest(activation) >= notBefore.get().toEpochMilli();
    }

    private static long newest(DocumentBody.Activation activation) {
        long newest = Long.MIN_VALUE;
        for (Long time : new Long[] {activation.startMs(), activation.endMs(), activation.updatedMs()}) {
            newest = time == null ? newest : Math.max(newest, time);
        }
        return newest;
    }
}
