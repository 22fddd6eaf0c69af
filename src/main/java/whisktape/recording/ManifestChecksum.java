package whisktape.recording;

import java.nio.charset.StandardCharsets;
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
    static byte[] appendTo(String json) {
        String body = json.substring(0, json.lastIndexOf('}')).stripTrailing();
        return (body + tail(body.getBytes(StandardCharsets.UTF_8))).getBytes(StandardCharsets.UTF_8);
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
                && Arrays.equals(
                        tail(Arrays.copyOf(file, length)).getBytes(StandardCharsets.UTF_8),
                        Arrays.copyOfRange(file, length, file.length));
        return isWhole
                ? Optional.empty()
                : Optional.of("is not what was written: its checksum differs; where somebody has edited it by hand,"
                        + " verify --repair takes it as it is");
    }

    private static String tail(byte[] body) {
        return BEFORE + HexFormat.of().formatHex(Durable.newDigest().digest(body)) + BEHIND;
    }
}
