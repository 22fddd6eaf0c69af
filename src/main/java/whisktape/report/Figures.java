package whisktape.report;

import java.math.BigDecimal;
import java.math.MathContext;

/** Figures as reports keep them. */
final class Figures {
    /** More than a time in milliseconds over a year needs, less than what the order of a sum changes. */
    private static final MathContext DIGITS = new MathContext(11);

    private Figures() {}

    static double rounded(double figure) {
        return Double.isFinite(figure) ? new BigDecimal(figure).round(DIGITS).doubleValue() : figure;
    }

    /** The same for a value of a row that is a fraction; others are exact. */
    static Object rounded(Object value) {
        return value instanceof Double number ? rounded(number.doubleValue()) : value;
    }
}
