package whisktape.recording;

import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;
import whisktape.EventField;
import whisktape.WhisktapeException;

/**
 * Reads the messages of one segment back in offset order.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
public final class MessageReader extends SegmentReader<RecordedMessage> {
    private static final MessageType SCHEMA = SegmentRows.project(EventColumns.SCHEMA, EventColumns.REPLAYED);

    private final MessageColumns message = new MessageColumns();

    MessageReader(Path path) {
        super(path, SCHEMA);
    }

    @Override
    RecordedMessage read(RowReader row) {
        return new RecordedMessage(message.read(row), message.number(EventField.EVENT_TIME_MS), row.text());
    }
}
