package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes that nobody can read, for the same reason as others, and that say nothing. */
final class UnreadableBytes {
    private static final Pattern AT_BYTE = Pattern.compile("(not JSON|not UTF-8) at byte (\\d{1,9})");

    private UnreadableBytes() {}

    /**
     * Bytes with this reason to be unreadable.
     *
     * @param reason as in the column {@code unreadable_reason}; null for bytes that should have been readable
     */
    static byte[] like(String reason) {
        if (reason == null) {
            return bytes("?");
        }
        Matcher at = AT_BYTE.matcher(reason);
        if (at.matches()) {
            int place = Integer.parseInt(at.group(2));
            // Of a byte that begins no character the parser has gone past before it says so.
            return at.group(1).equals("not JSON") ? brokenAt(place, (byte) '?') : brokenAt(place - 1, (byte) 0xff);
        }
        return switch (reason) {
            case "empty value" -> new byte[0];
            case "only white space" -> bytes(" ");
            case "not a JSON object" -> bytes("[]");
            case "more text behind the JSON object" -> bytes("{}{}");
            case "not UTF-8" -> new byte[] {(byte) 0xff, (byte) 0xfe};
            // As UTF-16, where nobody counts bytes.
            case "not JSON" -> new byte[] {0, '?', 0, '?'};
            default -> bytes("?");
        };
    }

    private static byte[] brokenAt(int place, byte what) {
        byte[] broken = new byte[Math.max(0, place) + 1];
        Arrays.fill(broken, (byte) ' ');
        broken[broken.length - 1] = what;
        return broken;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
