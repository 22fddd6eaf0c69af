package whisktape.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.column.ColumnReader;
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

    private static List<String> componentIds(RowReader row) {
        ColumnReader column = row.next();
        List<String> ids = new ArrayList<>();
        do {
            // Levels of component_ids.list.element: the list is there at 1, an element at 2.
            if (column.getCurrentDefinitionLevel() == 2) {
                ids.add(column.getBinary().toStringUsingUTF8());
            }
            column.consume();
        } while (column.getCurrentRepetitionLevel() > 0);
        return ids;
    }

    private static List<TriggerResult> triggerResults(RowReader row) {
        ColumnReader rules = row.next();
        ColumnReader actions = row.next();
        ColumnReader ids = row.next();
        ColumnReader codes = row.next();
        ColumnReader successes = row.next();
        ColumnReader errors = row.next();
        List<TriggerResult> results = new ArrayList<>();
        do {
            // Levels of trigger_results.list.element: the list is there at 1, an element at 2, a field of it at 3.
            boolean isElement = rules.getCurrentDefinitionLevel() >= 2;
            TriggerResult result = new TriggerResult(
                    text(rules), text(actions), text(ids), number(codes), flag(successes), text(errors));
            if (isElement) {
                results.add(result);
            }
        } while (rules.getCurrentRepetitionLevel() > 0);
        return results;
    }

    private static String text(ColumnReader column) {
        String text = isThere(column) ? column.getBinary().toStringUsingUTF8() : null;
        column.consume();
        return text;
    }

    private static Long number(ColumnReader column) {
        Long number = isThere(column) ? (Long) column.getLong() : null;
        column.consume();
        return number;
    }

    private static Boolean flag(ColumnReader column) {
        Boolean flag = isThere(column) ? (Boolean) column.getBoolean() : null;
        column.consume();
        return flag;
    }

    private static boolean isThere(ColumnReader column) {
        return column.getCurrentDefinitionLevel() == 3;
    }
}
