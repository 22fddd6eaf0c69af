package whisktape.cli;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.TypeConversionException;
import whisktape.replay.Speed;

/** How durations and speeds are written on the command line. */
final class Values {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h)");

    private static final Pattern FACTOR = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");

    private Values() {}

    /** {@code 500ms}, {@code 90s}, {@code 5m}, {@code 1h}. */
    static Duration duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw new TypeConversionException("'" + text + "' is not a duration; it takes 500ms, 90s, 5m or 1h");
        }
        long amount = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** {@code 1}, {@code 10}, {@code 0.5}, {@code max}. */
    static Speed speed(String text) {
        if (text.equals("max")) {
            return Speed.MAX;
        }
        double factor = FACTOR.matcher(text).matches() ? Double.parseDouble(text) : 0;
        if (factor == 0) {
            throw new TypeConversionException(
                    "'" + text + "' is not a speed; it takes 1, a number above 0 such as 10 or 0.5, or max");
        }
        return new Speed(factor);
    }
}
