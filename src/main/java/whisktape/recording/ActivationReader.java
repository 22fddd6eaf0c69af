package whisktape.recording;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.column.ColumnReader;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.DocumentBody.TriggerResult;
import whisktape.WhisktapeException;

/**
 * Reads the documents of one segment back in the order of their changes' numbers, with all that was read in them when they
 * were recorded; that is more than stands in a document recorded without payloads.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class ActivationReader extends SegmentReader<Document> {
    /** Levels of a list's element: the list is there at 1, an element at 2, a field of it at 3. */
    private static final int FIELD = 3;

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
        DocumentBody body = body(type, activation, row.text());
        return new Document(incarnation, updateSeq, recordedAtMs, id, rev, deleted, text, body, oddFields);
    }

    private static DocumentBody body(String type, DocumentBody.Activation activation, String unreadable) {
        if (type == null) {
            return new DocumentBody.Unreadable(unreadable);
        }
        return switch (type) {
            case "activation" -> activation;
            case "design" -> new DocumentBody.Design();
            case "tombstone" -> new DocumentBody.Tombstone();
            default -> throw new IllegalStateException("a document's type is " + type);
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
                limits(row),
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
                list(row.next(), 2, column -> column.getBinary().toStringUsingUTF8()),
                triggerResults(row));
    }

    private static DocumentBody.Limits limits(RowReader row) {
        return new DocumentBody.Limits(
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber(),
                row.optionalNumber());
    }

    private static List<TriggerResult> triggerResults(RowReader row) {
        List<String> rules = texts(row);
        List<String> actions = texts(row);
        List<String> ids = texts(row);
        List<Long> codes = list(row.next(), FIELD, ColumnReader::getLong);
        List<Boolean> successes = list(row.next(), FIELD, ColumnReader::getBoolean);
        List<String> errors = texts(row);
        List<TriggerResult> results = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            results.add(new TriggerResult(
                    rules.get(i), actions.get(i), ids.get(i), codes.get(i), successes.get(i), errors.get(i)));
        }
        return results;
    }

    private static List<String> texts(RowReader row) {
        return list(row.next(), FIELD, column -> column.getBinary().toStringUsingUTF8());
    }

    /** The elements of this row's list, null where one has no value; none where there is no list. */
    private static <T> List<T> list(ColumnReader column, int defined, Function<ColumnReader, T> value) {
        List<T> elements = new ArrayList<>();
        do {
            int definition = column.getCurrentDefinitionLevel();
            if (definition > 0) {
                elements.add(definition < defined ? null : value.apply(column));
            }
            column.consume();
        } while (column.getCurrentRepetitionLevel() > 0);
        return elements;
    }
}
