package whisktape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TimesTest {
    private static final DateTimeFormatter RFC_3339 =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

    static Stream<Instant> instants() {
        LongStream anywhere =
                new Random(1).longs(200, Times.FIRST.getEpochSecond() * 2, Times.LAST.getEpochSecond() * 2);
        return Stream.concat(
                Stream.of(
                        Instant.EPOCH,
                        Instant.EPOCH.minusNanos(1),
                        Instant.parse("2024-02-29T23:59:59.999999999Z"),
                        Instant.parse("0000-01-01T00:00:00.001Z"),
                        Instant.parse("-0001-12-31T01:02:03.040Z"),
                        Times.FIRST,
                        Times.LAST,
                        Times.LAST.plusMillis(1)),
                anywhere.mapToObj(second -> Instant.ofEpochSecond(second, Math.floorMod(second, 1_000_000_000))));
    }

    @ParameterizedTest
    @MethodSource("instants")
    void writesAsAFormatterDoes(Instant instant) {
        assertThat(Times.format(instant)).isEqualTo(RFC_3339.format(instant));
    }

    @ParameterizedTest
    @MethodSource("instants")
    void readsWhatItWrote(Instant instant) {
        String text = Times.format(instant);

        assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-03-14T09:15:00Z",
                "2026-03-14T09:15:00.123456Z",
                "2026-03-14T09:15:00.123z",
                "2026-03-14T24:00:00.000Z",
                "2026-03-14T23:59:60.000Z",
                "+12026-03-14T09:15:00.000Z"
            })
    void readsWhatTheJdkReads(String text) {
        assertThat(Times.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T09:15:00.000Z",
                "2026-03-14 09:15:00.000Z",
                "2026-03-14T09:15:00.000Zulu",
                "2026-03-14T09:15:+1.000Z",
                "2026-03-14T25:15:00.000Z",
                "2026-03-14T09:15:00.000"
            })
    void readsNothingElse(String text) {
        assertThatThrownBy(() -> Times.parse(text)).isInstanceOf(DateTimeParseException.class);
    }

    @Test
    void endsWithTheCalendar() {
        assertThat(Times.format(Times.FIRST)).isEqualTo("0001-01-01T00:00:00.000Z");
        assertThat(Times.format(Times.LAST)).isEqualTo("9999-12-31T23:59:59.999Z");
    }
}
