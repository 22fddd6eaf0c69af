package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.DocumentBody.TriggerResult;

/** One open segment of the table {@code activations}. */
final class ActivationSegmentWriter extends SegmentWriter {
    /** Columns between {@code document_type} and {@code odd_fields}. */
    private static final int COLUMNS_OF_A_BODY =
            ActivationColumns.SCHEMA.getColumns().size() - ActivationColumns.SCHEMA.getFieldIndex("document_type") - 3;

    private final RowWriter row = row();

    ActivationSegmentWriter(Path folder, Manifest head, SegmentCounts counts, Instant openedAt) throws IOException {
        super(folder, head, counts, openedAt);
    }

    /** Adds a row; the columns stand in the order of {@link ActivationColumns#SCHEMA}. Returns what it holds in memory. */
    long write(Document document) {
        row.begin();
        writeVerbatim(document);
        DocumentBody body = document.body();
        row.text(typeOf(body));
        if (body instanceof DocumentBody.Activation activation) {
            writeActivation(activation);
        } else {
            row.absent(COLUMNS_OF_A_BODY);
        }
        row.text(document.oddFields());
        row.text(body instanceof DocumentBody.Unreadable unreadable ? unreadable.reason() : null);
        long size = document.sizeBytes();
        row.end(size);
        counts().count(document);
        return size;
    }

    private void writeVerbatim(Document document) {
        row.required(document.incarnation());
        row.required(counts().nextOffset());
        row.text(document.updateSeq());
        row.required(document.recordedAtMs());
        row.text(document.id());
        row.text(document.rev());
        row.required(document.deleted());
        row.bytes(document.text());
    }

    private static String typeOf(DocumentBody body) {
        if (body instanceof DocumentBody.Activation) {
            return "activation";
        }
        if (body instanceof DocumentBody.Design) {
            return "design";
        }
        return body instanceof DocumentBody.Tombstone ? "tombstone" : null;
    }

    private void writeActivation(DocumentBody.Activation activation) {
        row.text(activation.activationId());
        row.text(activation.namespace());
        row.text(activation.name());
        row.text(activation.path());
        row.text(activation.version());
        row.text(activation.subject());
        row.text(activation.entityType());
        row.number(activation.startMs());
        row.number(activation.endMs());
        row.number(activation.durationMs());
        row.number(activation.updatedMs());
        row.number(activation.waitMs());
        row.number(activation.initMs());
        row.text(activation.kind());
        writeLimits(activation.limits());
        row.flag(activation.timedOut());
        row.text(activation.causedBy());
        row.text(activation.cause());
        row.flag(activation.topmost());
        row.flag(activation.conductor());
        row.text(activation.binding());
        row.number(activation.statusCode());
        row.number(activation.responseChars());
        row.number(activation.userStatusCode());
        row.flag(activation.publish());
        row.number(activation.logLines());
        writeComponentIds(activation.componentIds());
        writeTriggerResults(activation.triggerResults());
    }

    private void writeLimits(DocumentBody.Limits limits) {
        row.number(limits.timeoutMs());
        row.number(limits.memoryMb());
        row.number(limits.logsMb());
        row.number(limits.concurrency());
        row.number(limits.instances());
    }

    private void writeComponentIds(List<String> ids) {
        ColumnBuffer column = row.next();
        if (ids.isEmpty()) {
            column.writeNull(0, 0);
            return;
        }
        // Levels of component_ids.list.element: the list is there at 1, an element at 2.
        int repetition = 0;
        for (String id : ids) {
            column.write(id, repetition, 2);
            repetition = 1;
        }
    }

    private void writeTriggerResults(List<TriggerResult> results) {
        writeTexts(results, TriggerResult::rule);
        writeTexts(results, TriggerResult::action);
        writeTexts(results, TriggerResult::activationId);
        writeField(
                results,
                TriggerResult::statusCode,
                (column, code, repetition) -> column.write(code.longValue(), repetition, 3));
        writeField(
                results,
                TriggerResult::success,
                (column, success, repetition) -> column.write(success.booleanValue(), repetition, 3));
        writeTexts(results, TriggerResult::error);
    }

    private void writeTexts(List<TriggerResult> results, Function<TriggerResult, String> field) {
        writeField(results, field, (column, text, repetition) -> column.write(text, repetition, 3));
    }

    /** Levels of trigger_results.list.element: the list is there at 1, an element at 2, a field of it at 3. */
    private <T> void writeField(List<TriggerResult> results, Function<TriggerResult, T> field, FieldWriter<T> writer) {
        ColumnBuffer column = row.next();
        if (results.isEmpty()) {
            column.writeNull(0, 0);
            return;
        }
        int repetition = 0;
        for (TriggerResult result : results) {
            T value = field.apply(result);
            if (value == null) {
                column.writeNull(repetition, 2);
            } else {
                writer.write(column, value, repetition);
            }
            repetition = 1;
        }
    }

    /** Writes one field of one element of a list. */
    private interface FieldWriter<T> {
        void write(ColumnBuffer column, T value, int repetition);
    }
}
