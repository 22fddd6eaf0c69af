package whisktape.metrics;

import java.util.Map;

/** Texts and numbers as Go prints them. */
final class GoText {
    private static final Map<Character, Character> ESCAPES = Map.of(
            'a', '\u0007', 'b', '\b', 'f', '\f', 'n', '\n', 'r', '\r', 't', '\t', 'v', '\u000b', '\\', '\\', '"', '"');

    private static final Map<Character, Integer> DIGITS = Map.of('x', 2, 'u', 4, 'U', 8);

    private static final int HEXADECIMAL = 16;

    private GoText() {}

    /** What a text in double quotes says. */
    static String unquoted(String quoted) {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i < quoted.length() - 1; i++) {
            char c = quoted.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = quoted.charAt(++i);
            if (DIGITS.containsKey(escape)) {
                int digits = DIGITS.get(escape);
                text.appendCodePoint(Integer.parseInt(quoted.substring(i + 1, i + 1 + digits), HEXADECIMAL));
                i += digits;
            } else {
                text.append(ESCAPES.getOrDefault(escape, escape));
            }
        }
        return text.toString();
    }

    static double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.parseDouble(text);
        };
    }
}
