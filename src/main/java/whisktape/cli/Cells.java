package whisktape.cli;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import whisktape.Times;

/** How one value of a row is written. */
final class Cells {
    private static final double LEAST_PLAIN = 1e-6;
    private static final double MOST_PLAIN = 1e15;

    private Cells() {}

    /** The value as text: numbers plain, times RFC 3339, bytes as the UTF-8 that they mostly are, lists and maps as JSON. */
    static String text(Object value) {
        if (value instanceof Double number) {
            return text(number.doubleValue());
        }
        if (value instanceof BigDecimal number) {
            return number.toPlainString();
        }
        return value instanceof Collection || value instanceof Map
                ? Json.toText(forJson(value))
                : String.valueOf(forJson(value));
    }

    /** The value as {@link Json} takes it. */
    static Object forJson(Object value) {
        if (value instanceof Instant time) {
            return Times.format(time);
        }
        if (value instanceof byte[] bytes) {
            return text(bytes);
        }
        if (value instanceof Collection<?> collection) {
            return collection.stream().map(Cells::forJson).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> entries = new LinkedHashMap<>();
            map.forEach((key, element) -> entries.put(key, forJson(element)));
            return entries;
        }
        return value;
    }

    /** The text on one line, with nothing in it that a terminal would obey. */
    static String onOneLine(String text) {
        if (!hasControl(text)) {
            return text;
        }
        StringBuilder line = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\n' -> line.append("\\n");
                case '\r' -> line.append("\\r");
                case '\t' -> line.append("\\t");
                default -> {
                    if (isControl(c)) {
                        line.append("\\u%04x".formatted(c));
                    } else {
                        line.appendCodePoint(c);
                    }
                }
            }
        });
        return line.toString();
    }

    private static String text(double number) {
        double size = Math.abs(number);
        boolean isPlain = size == 0 || size >= LEAST_PLAIN && size < MOST_PLAIN;
        return isPlain ? new BigDecimal(Double.toString(number)).toPlainString() : Double.toString(number);
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return "\\x" + HexFormat.of().formatHex(bytes);
        }
    }

    private static boolean hasControl(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    /** Also what turns the direction of writing, and separates lines or paragraphs. */
    private static boolean isControl(int c) {
        return Character.isISOControl(c)
                || c >= 0x202a && c <= 0x202e
                || c >= 0x2066 && c <= 0x2069
                || c == 0x2028
                || c == 0x2029;
    }
}
