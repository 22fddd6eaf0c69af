package whisktape.sharing;

import static whisktape.sharing.ArchiveException.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Reads the bytes of entries, and counts them itself: what an entry says of its length and checksums is compared, not believed. */
final class ArchiveReader {
    private static final int CHUNK_BYTES = 1 << 16;

    private final FileChannel file;

    ArchiveReader(FileChannel file) {
        this.file = file;
    }

    /** A small entry as a whole. */
    byte[] read(ArchiveEntry entry, long mostBytes) throws IOException, ArchiveException {
        require(
                entry.sizeBytes() <= mostBytes && entry.packedBytes() <= mostBytes,
                entry.name() + " has " + entry.sizeBytes() + " bytes, and no recording needs more than " + mostBytes);
        byte[] packed =
                ArchiveBytes.read(file, entry.from(), (int) entry.packedBytes()).array();
        byte[] bytes = entry.isDeflated() ? inflate(entry, packed) : packed;
        CRC32 crc = new CRC32();
        crc.update(bytes);
        require(crc.getValue() == entry.crc32(), entry.name() + " is damaged: its checksum differs");
        return bytes;
    }

    /**
     * Copies an entry that is not compressed.
     *
     * @return the SHA-256 of what was copied
     */
    String copy(ArchiveEntry entry, WritableByteChannel to) throws IOException, ArchiveException {
        require(!entry.isDeflated(), entry.name() + " is compressed, and segments are not");
        MessageDigest sha256 = ArchiveBytes.newDigest();
        CRC32 crc = new CRC32();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        long left = entry.packedBytes();
        while (left > 0) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, left));
            ArchiveBytes.fill(file, entry.from() + entry.packedBytes() - left, chunk);
            left -= chunk.position();
            sha256.update(chunk.array(), 0, chunk.position());
            crc.update(chunk.array(), 0, chunk.position());
            chunk.flip();
            while (chunk.hasRemaining()) {
                to.write(chunk);
            }
        }
        require(crc.getValue() == entry.crc32(), entry.name() + " is damaged: its checksum differs");
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** Never gives more than the entry says to have, and less is an error; memory grows with what is really there. */
    private static byte[] inflate(ArchiveEntry entry, byte[] packed) throws ArchiveException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            byte[] bytes = new byte[(int) Math.min(CHUNK_BYTES, entry.sizeBytes() + 1)];
            int length = 0;
            while (!inflater.finished()) {
                if (length == bytes.length) {
                    require(length <= entry.sizeBytes(), entry.name() + " has more bytes than it says");
                    bytes = Arrays.copyOf(bytes, (int) Math.min(bytes.length * 2L, entry.sizeBytes() + 1));
                }
                int more = inflater.inflate(bytes, length, bytes.length - length);
                require(more > 0 || inflater.finished(), entry.name() + " is damaged: its bytes end too early");
                length += more;
            }
            require(
                    length == entry.sizeBytes() && inflater.getRemaining() == 0,
                    entry.name() + " has other lengths than it says");
            return Arrays.copyOf(bytes, length);
        } catch (DataFormatException e) {
            throw new ArchiveException(entry.name() + " is damaged: it cannot be uncompressed");
        } finally {
            inflater.end();
        }
    }
}
