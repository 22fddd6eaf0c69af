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
        try {
            rows = new RowReader(path, schema);
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasRow();
        } catch (IOException | RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public T next() {
        if (!hasNext()) {
            throw new NoSuchElementException(path.toString());
        }
        try {
            rows.begin();
            return read(rows);
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() {
        try {
            rows.close();
        } catch (IOException e) {
            throw damaged(e);
        }
    }

    /** Reads the row that was begun. */
    abstract T read(RowReader row);

    private WhisktapeException damaged(Exception e) {
        return e instanceof WhisktapeException already
                ? already
                : WhisktapeException.damaged(
                        "cannot read the segment " + path + ": " + e.getMessage()
                                + "; whisktape verify says what is left of the recording",
                        e);
    }
}
