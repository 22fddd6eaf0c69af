package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.parquet.schema.MessageType;
import whisktape.WhisktapeException;

/**
 * Reads one segment back, row by row.
 *
 * <p>Throws {@link WhisktapeException} damaged where the file is not what the manifest promises.
 */
abstract sealed class SegmentReader<T> implements Iterator<T>, AutoCloseable
        permits MessageReader, EventReader, DocumentReader, ActivationReader {
    private final Path path;
    private final RowReader rows;

    SegmentReader(Path path, MessageType schema) {
        this.path = path;
        this.rows = new RowReader(path, schema);
    }

    @Override
    public boolean hasNext() {
        return rows.hasRow();
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException(path.toString());
        }
        try {
            rows.begin();
            return read(rows);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw SegmentRows.damaged(path, e);
        }
    }

    /** Reads the row that was begun. */
    abstract T read(RowReader row);
}
