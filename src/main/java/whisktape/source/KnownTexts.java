package whisktape.source;

/**
 * Texts that come again and again: names, kinds, sources. Gives the same {@link String} for the same characters, so that
 * nothing is allocated for them and whoever gets them next knows their hash already. One text per slot; a newcomer takes the
 * place of the one before.
 */
final class KnownTexts {
    private static final int SLOTS = 4096;
    private static final int LONGEST = 128;

    private final String[] texts = new String[SLOTS];

    String of(char[] chars, int from, int length) {
        if (length > LONGEST) {
            return new String(chars, from, length);
        }
        int hash = length;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + chars[i];
        }
        int slot = (hash ^ hash >>> 12) & SLOTS - 1;
        String known = texts[slot];
        if (known == null || !equals(known, chars, from, length)) {
            known = new String(chars, from, length);
            texts[slot] = known;
        }
        return known;
    }

    private static boolean equals(String text, char[] chars, int from, int length) {
        if (text.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (text.charAt(i) != chars[from + i]) {
                return false;
            }
        }
        return true;
    }
}
