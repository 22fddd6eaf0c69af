package whisktape.recording;

import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.api.Binary;
import whisktape.Message;

/** The headers of a row group's messages, for a reader that goes forward through the rows. */
final class HeaderColumns {
    private final ColumnCursor keys;
    private final ColumnCursor values;
    private int next;
    private List<Message.Header> last = List.of();

    HeaderColumns(ColumnChunk keys, ColumnChunk values) {
        this.keys = new ColumnCursor(keys);
        this.values = new ColumnCursor(values);
    }

    /** Of a row not before the one asked for last. */
    List<Message.Header> of(int row) {
        for (; next <= row; next++) {
            last = read();
        }
        return last;
    }

    /** Levels of headers.list.element: the list is there at 1, an element at 2. */
    private List<Message.Header> read() {
        if (keys.definition() == 0) {
            keys.next();
            values.next();
            return List.of();
        }
        List<Message.Header> headers = new ArrayList<>();
        do {
            Binary key = (Binary) keys.next();
            Binary value = (Binary) values.next();
            headers.add(new Message.Header(key.toStringUsingUTF8(), value == null ? null : value.getBytes()));
        } while (keys.isOfSameList());
        return headers;
    }
}
