package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ThousandsTest {
    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                999,
                1_000,
                12_345,
                999_999,
                1_000_000,
                -1,
                -999,
                -1_000,
                -123_456,
                Long.MAX_VALUE,
                Long.MIN_VALUE
            })
    void writesAsAFormatterDoes(long number) {
        assertThat(Thousands.text(number)).isEqualTo(String.format(Locale.ROOT, "%,d", number));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 9, 10, 999, 10_000, 12_345_678})
    void writesTenthsAsAFormatterDoes(long tenths) {
        assertThat(Thousands.tenths(tenths)).isEqualTo(String.format(Locale.ROOT, "%,.1f", tenths / 10.0));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 49, 50, 149, 150, 250, 999, 1_000, 3_550, 59_949, 59_950, 59_999, -50, -3_550})
    void writesShortLengthsAsAFormatterDoes(long ms) {
        assertThat(Lengths.text(Duration.ofMillis(ms))).isEqualTo(String.format(Locale.ROOT, "%.1f s", ms / 1000.0));
    }

    @Test
    void aLengthThatIsNoneWhenRoundedHasNoSign() {
        assertThat(Lengths.text(Duration.ofMillis(-49))).isEqualTo("0.0 s");
    }

    @ParameterizedTest
    @CsvSource({
        "60, 1 min 00 s",
        "150, 2 min 30 s",
        "3599, 59 min 59 s",
        "3600, 1 h 00 min 00 s",
        "363750, 101 h 02 min 30 s"
    })
    void writesLongLengthsInMinutesAndHours(long seconds, String text) {
        assertThat(Lengths.text(Duration.ofSeconds(seconds))).isEqualTo(text);
    }
}
