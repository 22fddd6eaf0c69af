package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Pattern;
import javax.crypto.Mac;

/**
 * What stands for a text: the same for the same text, kind of text and salt, wherever it comes. 50 bits are enough to keep a million names
 * apart.
 *
 * <p>Not for use by several threads.
 */
final class Pseudonyms {
    private static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int LENGTH = 10;

    /** What {@link #named} makes, in a path too. */
    private static final Pattern MADE = Pattern.compile("!?[a-zA-Z]{2,24}-[a-z2-7]{" + LENGTH + "}");

    private final Mac mac;

    Pseudonyms(Salt salt) {
        this.mac = salt.newMac();
    }

    /** True for what can come of here. */
    static boolean isOne(String text) {
        return MADE.matcher(text).matches();
    }

    /** For people, with a word before that says what it stands for: {@code action-k3v7qa2nbx}. */
    String named(String word, String text) {
        return named(word, utf8(text));
    }

    String named(String word, byte[] text) {
        return word + "-" + digits(hash(word, text), LENGTH);
    }

    /** So many letters and digits. */
    String digits(String word, String text, int length) {
        return digits(hash(word, utf8(text)), length);
    }

    /** 32 hexadecimal digits. */
    String hex(String word, String text) {
        return HexFormat.of().formatHex(hash(word, utf8(text)), 0, 16);
    }

    /** In the form of a UUID. */
    String uuid(String word, String text) {
        String hex = hex(word, text);
        return String.join(
                "-",
                hex.substring(0, 8),
                hex.substring(8, 12),
                hex.substring(12, 16),
                hex.substring(16, 20),
                hex.substring(20));
    }

    /** Another one for each word, so that nobody sees that a caller is named as a namespace. */
    private byte[] hash(String word, byte[] text) {
        mac.update(utf8(word));
        mac.update((byte) 0);
        return mac.doFinal(text);
    }

    /** As the columns hold it: half a surrogate is a question mark there. */
    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String digits(byte[] hash, int length) {
        StringBuilder digits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            int bit = i * 5;
            int two = (hash[bit / 8] & 0xff) << 8 | hash[bit / 8 + 1] & 0xff;
            digits.append(DIGITS.charAt(two >> 11 - bit % 8 & 31));
        }
        return digits.toString();
    }
}
