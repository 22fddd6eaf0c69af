package whisktape.source;

import java.util.Objects;
import whisktape.Document;
import whisktape.DocumentBody;

/**
 * What was read in a document when it was recorded; in an export's line where reading the document again gives something else,
 * above all where its payload was not kept.
 *
 * @param id the document's {@code _id}
 * @param rev its {@code _rev}
 * @param deleted as in {@link Document}
 * @param type {@code design} or {@code tombstone}; null for all others
 * @param activation the body, if it is one
 * @param unreadableReason of a body that is none of these
 * @param oddFields as in {@link Document}
 */
record ReadDocument(
        String id,
        String rev,
        boolean deleted,
        String type,
        DocumentBody.Activation activation,
        String unreadableReason,
        String oddFields) {
    private static final String DESIGN = "design";
    private static final String TOMBSTONE = "tombstone";

    static ReadDocument of(Document document) {
        DocumentBody body = document.body();
        return new ReadDocument(
                document.id(),
                document.rev(),
                document.deleted(),
                typeOf(body),
                body instanceof DocumentBody.Activation activation ? activation : null,
                body instanceof DocumentBody.Unreadable unreadable ? unreadable.reason() : null,
                document.oddFields());
    }

    /** True if both say the same of the text. */
    static boolean isSame(Document one, Document other) {
        return one.deleted() == other.deleted()
                && Objects.equals(one.id(), other.id())
                && Objects.equals(one.rev(), other.rev())
                && one.body().equals(other.body())
                && Objects.equals(one.oddFields(), other.oddFields());
    }

    /** This instead of what was read in the document now. */
    Document insteadOf(Document now) {
        return new Document(
                now.incarnation(),
                now.updateSeq(),
                now.recordedAtMs(),
                id,
                rev,
                deleted,
                now.text(),
                body(),
                oddFields);
    }

    private static String typeOf(DocumentBody body) {
        if (body instanceof DocumentBody.Design) {
            return DESIGN;
        }
        return body instanceof DocumentBody.Tombstone ? TOMBSTONE : null;
    }

    private DocumentBody body() {
        if (activation != null) {
            return activation;
        }
        if (DESIGN.equals(type)) {
            return new DocumentBody.Design();
        }
        return TOMBSTONE.equals(type) ? new DocumentBody.Tombstone() : new DocumentBody.Unreadable(unreadableReason);
    }
}
