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
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean hasNext() {
        try {
            return rows.hasRow();
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
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
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
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

    /** A length in a damaged file may ask for any amount of memory, so running out of it is damage more often than not. */
    private WhisktapeException damaged(Throwable e) {
        if (e instanceof WhisktapeException already) {
            return already;
        }
        String what = e instanceof OutOfMemoryError
                ? "it asks for more memory than the Java heap of "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB, so it is damaged, or has rows of such a size"
                : Footer.firstLine(e);
        return WhisktapeException.damaged(
                "cannot read the segment " + path + ": " + what
                        + "; whisktape verify says what is left of the recording",
                e);
    }
}
