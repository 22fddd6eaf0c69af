package whisktape.source;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import whisktape.WhisktapeException;

/** The bytes of a dump, plain or gzip, without the byte order mark that some tools put before the first. */
final class DumpFile implements AutoCloseable {
    private static final int GZIP_MAGIC = 0x1f8b;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    /** Arrays end at 2 GiB and heaps before; what is longer than this is no row of any database. */
    private static final int LONGEST_ROW_BYTES = 256 << 20;

    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int from;
    private int until;
    private boolean endsWithLineEnd;
    private boolean isCut;

    /** Opens a dump. Throws {@link WhisktapeException} if it cannot be read. */
    DumpFile(Path file) {
        this.file = file;
        try {
            this.in = open(file);
        } catch (NoSuchFileException e) {
            throw new WhisktapeException("cannot read " + file + ": there is no such file", e);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** The next line without its end; empty at the end of the file. */
    Optional<byte[]> nextLine() throws IOException {
        if (from == until && !fill()) {
            return Optional.empty();
        }
        ByteArrayOutputStream line = new ByteArrayOutputStream(0);
        do {
            int end = from;
            while (end < until && buffer[end] != '\n') {
                end++;
            }
            line.write(buffer, from, end - from);
            requireRoom(line.size());
            from = end;
            endsWithLineEnd = from < until;
            if (endsWithLineEnd) {
                from++;
                break;
            }
        } while (fill());
        return Optional.of(line.toByteArray());
    }

    /** True if the line that came last has its end: without one it may be the first half of a line. */
    boolean lineIsWhole() {
        return endsWithLineEnd;
    }

    /** True if the file ended before its own gzip did. */
    boolean isCut() {
        return isCut;
    }

    /** The next byte, or -1 at the end of the file. */
    int next() throws IOException {
        return from < until || fill() ? buffer[from++] & 0xff : -1;
    }

    /** The byte that {@link #next()} will return. */
    int peek() throws IOException {
        return from < until || fill() ? buffer[from] & 0xff : -1;
    }

    /** The next 64 KiB, or what is left, without passing over them. */
    byte[] lookAhead() throws IOException {
        System.arraycopy(buffer, from, buffer, 0, until - from);
        until -= from;
        from = 0;
        for (int more = read(); more > 0 && until < buffer.length; more = read()) {
            until += more;
        }
        return Arrays.copyOf(buffer, until);
    }

    /** Passes over some of the bytes seen ahead. */
    void skip(int bytes) {
        from += bytes;
    }

    /** Fails for a row that no heap would hold. */
    static void requireRoom(int rowBytes) throws IOException {
        if (rowBytes > LONGEST_ROW_BYTES) {
            throw new IOException("what follows is one row of more than " + (LONGEST_ROW_BYTES >> 20) + " MiB");
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new WhisktapeException("cannot close " + file + ": " + e.getMessage(), e);
        }
    }

    private boolean fill() throws IOException {
        from = 0;
        until = 0;
        until = Math.max(0, read());
        return until > 0;
    }

    /** Reads behind what is there; what a cut gzip file still gives is as good as that of any other cut file. */
    private int read() throws IOException {
        try {
            return until == buffer.length ? 0 : in.read(buffer, until, buffer.length - until);
        } catch (EOFException e) {
            isCut = true;
            return -1;
        }
    }

    private static InputStream open(Path file) throws IOException {
        InputStream raw = Files.newInputStream(file);
        try {
            return withoutMark(unpacked(raw));
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        byte[] magic = raw.readNBytes(2);
        boolean isGzip = magic.length == 2 && ((magic[0] & 0xff) << 8 | magic[1] & 0xff) == GZIP_MAGIC;
        InputStream all = before(magic, raw);
        return isGzip ? new GZIPInputStream(all, 1 << 16) : all;
    }

    private static InputStream withoutMark(InputStream text) throws IOException {
        byte[] first = text.readNBytes(BYTE_ORDER_MARK.length);
        return Arrays.equals(first, BYTE_ORDER_MARK) ? text : before(first, text);
    }

    private static InputStream before(byte[] first, InputStream rest) {
        return new SequenceInputStream(new ByteArrayInputStream(first), rest);
    }
}
