package whisktape.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Brings UTF-8 to standard output, which is a writer; tells by {@link ClosedException} that nobody reads it any more. */
final class WriterStream extends OutputStream {
    private static final int BUFFER_BYTES = 1 << 16;

    private final PrintWriter out;
    private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    private final ByteBuffer bytes = ByteBuffer.allocate(BUFFER_BYTES);
    private final CharBuffer chars = CharBuffer.allocate(BUFFER_BYTES);

    /** Whoever reads the output has seen enough. */
    static final class ClosedException extends IOException {
        private static final long serialVersionUID = 1;

        ClosedException() {
            super("nobody reads standard output any more");
        }
    }

    WriterStream(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        if (!bytes.hasRemaining()) {
            pass();
        }
        bytes.put((byte) b);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
        int at = from;
        while (at < from + length) {
            if (!bytes.hasRemaining()) {
                pass();
            }
            int more = Math.min(bytes.remaining(), from + length - at);
            bytes.put(some, at, more);
            at += more;
        }
    }

    @Override
    public void flush() throws IOException {
        pass();
        out.flush();
    }

    @Override
    public void close() throws IOException {
        flush();
    }

    /** A character that the end of the buffer cuts waits for its rest. */
    private void pass() throws IOException {
        bytes.flip();
        decoder.decode(bytes, chars, false);
        bytes.compact();
        chars.flip();
        out.append(chars);
        chars.clear();
        if (out.checkError()) {
            throw new ClosedException();
        }
    }
}
