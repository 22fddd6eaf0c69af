package whisktape.source;

import java.nio.file.Path;
import java.time.Duration;

/** What sources have in common that read a file: nobody has to be waited for, and opening one reads its first batch. */
abstract class FileSource<B extends Batch> {
    static final long BATCH_BYTES = 4L << 20;

    final Path file;

    /** True once all of the file has been read. */
    boolean ended;

    private B first;

    FileSource(Path file) {
        this.file = file;
    }

    /** The next batch of the file. */
    abstract B read();

    /** Reads the first batch, which finds out whether it can be read at all. */
    final void begin() {
        first = read();
    }

    public final String name() {
        return file.toString();
    }

    public final B poll(Duration atMost) {
        B batch = first == null ? read() : first;
        first = null;
        return batch;
    }

    public final boolean isDrained() {
        return ended && first == null;
    }

    public final boolean isAway() {
        return false;
    }

    public final long lag() {
        return 0;
    }
}
