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
            boolean isJson = at.group(1).equals("not JSON");
            return isJson
                    ? brokenAt(Integer.parseInt(at.group(2)), (byte) '?')
                    : brokenAt(Integer.parseInt(at.group(2)), (byte) 0xff);
        }
        return switch (reason) {
            case "empty value" -> new byte[0];
            case "only white space" -> bytes(" ");
            case "not a JSON object" -> bytes("[]");
            case "more text behind the JSON object" -> bytes("{}{}");
            case "not UTF-8" -> new byte[] {(byte) 0xff, (byte) 0xfe};
            default -> bytes("?");
        };
    }

    private static byte[] brokenAt(int place, byte what) {
        byte[] broken = new byte[Math.max(1, place)];
        Arrays.fill(broken, (byte) ' ');
        broken[broken.length - 1] = what;
        return broken;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
