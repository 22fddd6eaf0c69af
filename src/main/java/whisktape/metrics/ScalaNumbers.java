package whisktape.metrics;

import java.math.BigDecimal;

/** JSON numbers as Scala's {@code intValue} and {@code longValue} take them: the fraction goes, and so does what is above the type's bits. */
final class ScalaNumbers {
    /** From here on, a power of ten has 64 zero bits at its end. */
    private static final int POWER_WITHOUT_LOW_BITS = 64;

    private ScalaNumbers() {}

    static int toInt(BigDecimal number) {
        return (int) toLong(number);
    }

    /** Without ever writing {@code 1e999999999} out. */
    static long toLong(BigDecimal number) {
        boolean onlyFraction = number.scale() > number.precision();
        boolean onlyHighBits = number.scale() <= -POWER_WITHOUT_LOW_BITS;
        return onlyFraction || onlyHighBits ? 0 : number.longValue();
    }
}
