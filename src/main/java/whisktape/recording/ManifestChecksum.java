package whisktape.recording;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The last field of {@code recording.json}: the SHA-256 of all bytes before the comma in front of it. What stands behind these
 * bytes is fixed, so that a change of any byte of the file shows.
 */
final class ManifestChecksum {
    static final String FIELD = "sha256";

    /** The last field of manifests that are older than the checksum. */
    private static final String LAST_OF_OLD = "segments";

    private static final String BEFORE = ",\n  \"" + FIELD + "\" : \"";
    private static final String BEHIND = "\"\n}\n";
    private static final int DIGITS = 64;
    private static final int TAIL_BYTES = BEFORE.length() + DIGITS + BEHIND.length();

    private ManifestChecksum() {}

    /** The bytes of the file for this JSON object. */
    static byte[] appendTo(byte[] json) {
        int length = json.length;
        while (json[length - 1] != '}') {
            length--;
        }
        do {
            length--;
        } while (Character.isWhitespace(json[length - 1]));
        byte[] tail = tail(json, length);
        byte[] file = Arrays.copyOf(json, length + tail.length);
        System.arraycopy(tail, 0, file, length, tail.length);
        return file;
    }

    /**
     * What is wrong with a file, as the end of a sentence; empty if it is as it was written, or older than the checksum.
     *
     * @param lastField of its JSON object
     */
    static Optional<String> problem(byte[] file, String lastField) {
        if (lastField.equals(LAST_OF_OLD)) {
            return Optional.empty();
        }
        int length = file.length - TAIL_BYTES;
        boolean isWhole = lastField.equals(FIELD)
                && length > 0
                && Arrays.equals(tail(file, length), Arrays.copyOfRange(file, length, file.length));
        return isWhole
                ? Optional.empty()
                : Optional.of("is not what was written: its checksum differs; where somebody has edited it by hand,"
                        + " verify --repair takes it as it is");
    }

    private static byte[] tail(byte[] file, int length) {
        MessageDigest digest = Durable.newDigest();
        digest.update(file, 0, length);
        return (BEFORE + HexFormat.of().formatHex(digest.digest()) + BEHIND).getBytes(StandardCharsets.UTF_8);
    }
}
