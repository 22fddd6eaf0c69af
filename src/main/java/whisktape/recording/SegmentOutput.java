package whisktape.recording;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.util.HexFormat;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** The file under a segment being written: knows its length and checksum, and gets its final name once it is complete. */
final class SegmentOutput implements OutputFile, AutoCloseable {
    private static final int BUFFER_BYTES = 1 << 16;

    private final Path path;
    private OpenFile file;
    private Stream stream;

    SegmentOutput(Path path) {
        this.path = path;
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) throws IOException {
        file = OpenFile.create(path);
        stream = new Stream(file.stream());
        return stream;
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) throws IOException {
        return create(blockSizeHint);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    long sizeBytes() {
        return stream.position;
    }

    /** The SHA-256 of all that was written, once closed. */
    String sha256() {
        return HexFormat.of().formatHex(stream.digest.getMessageDigest().digest());
    }

    /** All has been written, and the stream is closed. */
    void complete() {
        file.complete();
    }

    /** Gives the complete file its final name. */
    void seal(Path sealed) throws IOException {
        file.seal(sealed);
    }

    /** Unless it is complete, nothing of it stays. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    private static final class Stream extends PositionOutputStream {
        private final DigestOutputStream digest;
        private final OutputStream buffer;
        private long position;

        Stream(OutputStream file) {
            this.digest = new DigestOutputStream(file, Durable.newDigest());
            this.buffer = new BufferedOutputStream(digest, BUFFER_BYTES);
        }

        @Override
        public long getPos() {
            return position;
        }

        @Override
        public void write(int b) throws IOException {
            buffer.write(b);
            position++;
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            buffer.write(bytes, from, length);
            position += length;
        }

        @Override
        public void flush() throws IOException {
            buffer.flush();
        }

        @Override
        public void close() throws IOException {
            buffer.close();
        }
    }
}
