package whisktape.sharing;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.LocalDateTime;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/**
 * Packs a recording into one zip file: the manifest, then its segments in its order, under the names that it gives them and
 * stored as they are, since their pages are compressed. The same recording gives the same bytes. The zip's comment holds the SHA-256
 * of everything before the comment.
 */
final class ArchiveWriter {
    private static final String MANIFEST = "recording.json";

    /** Always the same. With the first time that a zip file can hold, Java would write it once more, into an extra field. */
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

    private static final int BUFFER_BYTES = 1 << 16;

    private ArchiveWriter() {}

    /**
     * Packs a recording.
     *
     * @param file not there yet
     * @return the checksum in the file's comment
     */
    static String write(Recording recording, Path file) throws IOException {
        Tail tail = new Tail(
                new BufferedOutputStream(Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), BUFFER_BYTES),
                ArchiveSeal.TEXT_BYTES);
        try (tail) {
            ZipOutputStream zip = new ZipOutputStream(tail, StandardCharsets.UTF_8);
            // As long as the real one, whose length belongs to what is summed up.
            zip.setComment("0".repeat(ArchiveSeal.TEXT_BYTES));
            add(zip, MANIFEST, recording.folder().resolve(MANIFEST));
            for (Segment segment : recording.segments()) {
                add(zip, segment.file(), recording.fileOf(segment));
            }
            zip.finish();
            String sha256 = tail.sha256();
            tail.end(ArchiveSeal.text(sha256).getBytes(StandardCharsets.US_ASCII));
            return sha256;
        }
    }

    private static void add(ZipOutputStream zip, String name, Path file) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setTimeLocal(NO_TIME);
        entry.setSize(Files.size(file));
        entry.setCrc(crc(file));
        zip.putNextEntry(entry);
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[BUFFER_BYTES];
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                crc.update(buffer, 0, read);
            }
        }
        return crc.getValue();
    }

    /** Sums up what goes by, and holds the last bytes back: what they are to be is known only after all others. */
    private static final class Tail extends OutputStream {
        private final OutputStream out;
        private final MessageDigest digest = ArchiveBytes.newDigest();
        private final byte[] held;
        private int size;

        Tail(OutputStream out, int length) {
            this.out = out;
            this.held = new byte[length];
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int from, int length) throws IOException {
            int pass = Math.max(0, size + length - held.length);
            int ofHeld = Math.min(pass, size);
            pass(held, 0, ofHeld);
            System.arraycopy(held, ofHeld, held, 0, size - ofHeld);
            size -= ofHeld;
            pass(bytes, from, pass - ofHeld);
            System.arraycopy(bytes, from + pass - ofHeld, held, size, length - (pass - ofHeld));
            size += length - (pass - ofHeld);
        }

        private void pass(byte[] bytes, int from, int length) throws IOException {
            digest.update(bytes, from, length);
            out.write(bytes, from, length);
        }

        /** Of all that has gone by, without what is held. */
        String sha256() {
            return HexFormat.of().formatHex(digest.digest());
        }

        /** Writes this instead of what is held. */
        void end(byte[] instead) throws IOException {
            out.write(instead);
            size = 0;
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
