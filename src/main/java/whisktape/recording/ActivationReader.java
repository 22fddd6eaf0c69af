package whisktape.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.DocumentBody.TriggerResult;
import whisktape.WhisktapeException;

/**
 * Reads the documents of one segment back in the order of their changes' numbers, all columns of them: what was read when
 * they were recorded, also from payloads that were not kept.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class ActivationReader extends SegmentReader<Document> {
    ActivationReader(Path path) {
        super(path, ActivationColumns.SCHEMA);
    }

    @Override
    Document read(RowReader row) {
        int incarnation = row.integer();
        row.number();
        String updateSeq = row.text();
        long recordedAtMs = row.number();
        String id = row.text();
        String rev = row.text();
        boolean deleted = row.flag();
        byte[] text = row.bytes();
        String type = row.text();
        DocumentBody.Activation activation = activation(row);
        String oddFields = row.text();
        DocumentBody unreadable = new DocumentBody.Unreadable(row.text());
        DocumentBody body = type == null ? unreadable : body(type, activation);
        return new Document(incarnation, updateSeq, recordedAtMs, id, rev, deleted, text, body, oddFields);
    }

    private static DocumentBody body(String type, DocumentBody.Activation activation) {
        return switch (type) {
            case "activation" -> activation;
            case "design" -> new DocumentBody.Design();
            case "tombstone" -> new DocumentBody.Tombstone();
            default -> throw new IllegalArgumentException("document_type is " + type);
        };
    }

    private static DocumentBody.Activation activation(RowReader row) {
        return new DocumentBody.Activation(
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.text(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.text(),
                new DocumentBody.Limits(
                        row.optionalNumber(),
                        row.optionalNumber(),
                        row.optionalNumber(),
                        row.optionalNumber(),
                        row.optionalNumber()),
                row.optionalFlag(),
                row.text(),
                row.text(),
                row.optionalFlag(),
                row.optionalFlag(),
                row.text(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalFlag(),
                row.optionalNumber(),
                componentIds(row),
                triggerResults(row));
    }

    /** Levels of component_ids.list.element: the list is there at 1, an element at 2. */
    private static List<String> componentIds(RowReader row) {
        ColumnCursor column = row.next();
        List<String> ids = new ArrayList<>();
        do {
            String id = text(column);
            if (id != null) {
                ids.add(id);
            }
        } while (column.isOfSameList());
        return ids;
    }

    /** Levels of trigger_results.list.element: the list is there at 1, an element at 2, a field of it at 3. */
    private static List<TriggerResult> triggerResults(RowReader row) {
        ColumnCursor rules = row.next();
        ColumnCursor actions = row.next();
        ColumnCursor ids = row.next();
        ColumnCursor codes = row.next();
        ColumnCursor successes = row.next();
        ColumnCursor errors = row.next();
        List<TriggerResult> results = new ArrayList<>();
        do {
            boolean isElement = rules.definition() >= 2;
            TriggerResult result = new TriggerResult(
                    text(rules),
                    text(actions),
                    text(ids),
                    (Long) codes.next(),
                    (Boolean) successes.next(),
                    text(errors));
            if (isElement) {
                results.add(result);
            }
        } while (rules.isOfSameList());
        return results;
    }

    private static String text(ColumnCursor column) {
        Binary text = (Binary) column.next();
        return text == null ? null : text.toStringUsingUTF8();
    }
}
