package whisktape.recording;

import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import whisktape.WhisktapeException;

/**
 * Reads the documents of one segment back in the order of their changes' numbers.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class DocumentReader extends SegmentReader<RecordedDocument> {
    private static final MessageType SCHEMA = SegmentRows.project(ActivationColumns.SCHEMA, ActivationColumns.VERBATIM);

    DocumentReader(Path path) {
        super(path, SCHEMA);
    }

    @Override
    RecordedDocument read(RowReader row) {
        int incarnation = row.integer();
        long changeNumber = row.number();
        String updateSeq = row.text();
        long recordedAtMs = row.number();
        String id = row.text();
        String rev = row.text();
        boolean deleted = row.flag();
        byte[] text = row.bytes();
        return new RecordedDocument(incarnation, changeNumber, updateSeq, recordedAtMs, id, rev, deleted, text);
    }
}
