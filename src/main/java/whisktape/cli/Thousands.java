package whisktape.cli;

/**
 * Whole numbers as {@code %,d} writes them, {@code 1,234,567}, for verbs that are over in a blink: it takes a formatter ten milliseconds to
 * learn how numbers are written here.
 */
final class Thousands {
    private static final int DIGITS = 3;

    private Thousands() {}

    static String text(long number) {
        StringBuilder text = new StringBuilder().append(number);
        int first = number < 0 ? 1 : 0;
        for (int comma = text.length() - DIGITS; comma > first; comma -= DIGITS) {
            text.insert(comma, ',');
        }
        return text.toString();
    }

    /** With one digit behind the point, as {@code %,.1f} writes it. */
    static String tenths(long tenths) {
        return text(tenths / 10) + '.' + tenths % 10;
    }
}
