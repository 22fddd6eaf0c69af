package whisktape.recording;

import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import whisktape.WhisktapeException;

/**
 * Reads the messages of one segment back in offset order, each in whole.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class MessageReader extends SegmentReader<RecordedMessage> {
    static final MessageType SCHEMA = SegmentRows.project(EventColumns.SCHEMA, EventColumns.REPLAYED);

    private final MessageColumns columns = new MessageColumns();

    MessageReader(Path path) {
        super(path, SCHEMA);
    }

    @Override
    RecordedMessage read(RowReader row) {
        columns.goTo(row);
        columns.requireWhole();
        return new RecordedMessage(columns.message(), columns.other(0));
    }
}
