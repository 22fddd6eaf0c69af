package whisktape.recording;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import whisktape.remote.Places;

/** A file being written that nobody reads before it has its final name. Closed before it is complete, nothing of it stays. */
abstract sealed class OpenFile implements AutoCloseable {
    private boolean isComplete;

    /** Begins a file under this name, or somewhere else where a file cannot be given another name in one step. */
    static OpenFile create(Path open) throws IOException {
        return Places.renameAtOnce(open) ? new Renamed(open) : new Uploaded();
    }

    /** Where its bytes go; what was written is on the disk once this is closed. */
    abstract OutputStream stream();

    /** All has been written, and its stream is closed. */
    final void complete() {
        isComplete = true;
    }

    /** Gives the complete file its final name; what it holds is durable then. */
    abstract void seal(Path sealed) throws IOException;

    @Override
    public final void close() throws IOException {
        release(isComplete);
    }

    abstract void release(boolean isComplete) throws IOException;

    /** On this machine and on HDFS: under a name of its own first. */
    private static final class Renamed extends OpenFile {
        private final Path open;
        private final OutputStream stream;

        Renamed(Path open) throws IOException {
            this.open = open;
            this.stream = Durable.create(open);
        }

        @Override
        OutputStream stream() {
            return stream;
        }

        @Override
        void seal(Path sealed) throws IOException {
            Durable.rename(open, sealed);
        }

        @Override
        void release(boolean isComplete) throws IOException {
            try (stream) {
                if (!isComplete) {
                    Files.deleteIfExists(open);
                }
            }
        }
    }

    /**
     * In an object store: in a file of the temp folder that has no name, so that a kill leaves nothing; it is sent when it is complete,
     * and appears when all of it has arrived.
     */
    private static final class Uploaded extends OpenFile {
        private final FileChannel spool;

        Uploaded() throws IOException {
            Path file = Files.createTempFile("whisktape-", ".open");
            this.spool = FileChannel.open(
                    file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        }

        @Override
        OutputStream stream() {
            return new FilterOutputStream(Channels.newOutputStream(spool)) {
                @Override
                public void write(byte[] bytes, int from, int length) throws IOException {
                    out.write(bytes, from, length);
                }

                @Override
                public void close() {
                    // It is read again to be sent.
                }
            };
        }

        @Override
        void seal(Path sealed) throws IOException {
            spool.position(0);
            Places.upload(spool, sealed, false);
        }

        @Override
        void release(boolean isComplete) throws IOException {
            spool.close();
        }
    }
}
