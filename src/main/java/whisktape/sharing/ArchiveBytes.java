package whisktape.sharing;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Bytes of an archive at a place, in the order of bytes that zip has. */
final class ArchiveBytes {
    private ArchiveBytes() {}

    static ByteBuffer read(FileChannel file, long at, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        fill(file, at, bytes);
        return bytes.flip();
    }

    /** Fills it up to its limit. */
    static void fill(FileChannel file, long at, ByteBuffer bytes) throws IOException {
        long next = at;
        while (bytes.hasRemaining()) {
            int read = file.read(bytes, next);
            if (read < 0) {
                throw new EOFException("the file became shorter while it was read");
            }
            next += read;
        }
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
