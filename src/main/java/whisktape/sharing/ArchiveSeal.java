package whisktape.sharing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/**
 * The comment at the end of an archive: which kind of archive it is, and the SHA-256 of all bytes before the comment's text. It tells
 * damage from intention in one pass; it is no signature, since whoever changes an archive can seal it anew.
 */
final class ArchiveSeal {
    /** Version of the archive that this whisktape reads. */
    private static final int VERSION = 1;

    private static final String BEFORE_VERSION = "whisktape share ";
    private static final Pattern ANY = Pattern.compile("(?s).*PK\\x05\\x06.{18}" + BEFORE_VERSION + "(\\d{1,9}) .*");
    private static final Pattern TEXT = Pattern.compile(BEFORE_VERSION + VERSION + " sha256:([0-9a-f]{64})");
    static final int TEXT_BYTES = text("0".repeat(64)).length();
    private static final int LONGEST_TAIL_BYTES = 1 << 10;
    private static final int CHUNK_BYTES = 1 << 16;

    private ArchiveSeal() {}

    static String text(String sha256) {
        return BEFORE_VERSION + VERSION + " sha256:" + sha256;
    }

    /**
     * Requires that the file ends with its seal and is what was sealed.
     *
     * @param archive its name
     * @return how many bytes stand before the comment's text
     * @throws WhisktapeException refused, where a newer whisktape has written it
     */
    static long require(Path archive, FileChannel file) throws IOException, ArchiveException {
        String tail = tail(file);
        Matcher seal = TEXT.matcher(tail.substring(Math.max(0, tail.length() - TEXT_BYTES)));
        if (!seal.matches()) {
            requireNoNewer(archive, tail);
            throw new ArchiveException("it is no file that whisktape share wrote, or its end is cut off");
        }
        long length = file.size() - TEXT_BYTES;
        if (!sha256(file, length).equals(seal.group(1))) {
            throw new ArchiveException("it is not what was sealed, its checksum differs: get the file once more");
        }
        return length;
    }

    private static void requireNoNewer(Path archive, String tail) {
        Matcher any = ANY.matcher(tail);
        if (any.matches() && Integer.parseInt(any.group(1)) > VERSION) {
            throw WhisktapeException.refused("cannot import " + archive + ": it is an archive of version "
                    + any.group(1) + " and this whisktape reads version " + VERSION + "; use a newer whisktape");
        }
    }

    private static String tail(FileChannel file) throws IOException {
        int length = (int) Math.min(file.size(), LONGEST_TAIL_BYTES);
        return StandardCharsets.ISO_8859_1
                .decode(ArchiveBytes.read(file, file.size() - length, length))
                .toString();
    }

    private static String sha256(FileChannel file, long length) throws IOException {
        MessageDigest digest = ArchiveBytes.newDigest();
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        for (long at = 0; at < length; at += chunk.position()) {
            chunk.clear().limit((int) Math.min(CHUNK_BYTES, length - at));
            ArchiveBytes.fill(file, at, chunk);
            digest.update(chunk.array(), 0, chunk.position());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
