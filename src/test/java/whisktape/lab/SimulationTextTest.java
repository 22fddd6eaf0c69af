package whisktape.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTextTest {
    private final SimulationText text = new SimulationText();

    @ParameterizedTest
    @ValueSource(longs = {0, 7, -1, 10, 99, 100, 1_795_427_079_812L, Long.MAX_VALUE, Long.MIN_VALUE})
    void writesNumbersAsJavaDoes(long number) {
        assertThat(string(text.add(number))).isEqualTo(Long.toString(number));
    }

    @ParameterizedTest
    @CsvSource({"0,0,00000000000000000000000000000000", "1,-1,0000000000000001ffffffffffffffff"})
    void writesIdsAsThirtyTwoDigits(long high, long low, String id) {
        assertThat(string(text.addId(high, low))).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plain", "a\"b\\c", "tab\tand\nline", "\u00e9\ud83d\ude00"})
    void quotesSoThatItReadsTheSameAgain(String name) {
        byte[] quoted = SimulationText.encode(SimulationText.quote(name));

        assertThat(SimulatedOutput.read(quoted).asText()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 100, 1_000})
    void growsAsNeeded(int times) {
        for (int i = 0; i < times; i++) {
            text.add(SimulationText.encode("0123456789")).add(true).addId(0, 0).add(-5);
        }

        assertThat(text.toBytes()).hasSize(times * (10 + 4 + 32 + 2));
        assertThat(text.clear().toBytes()).isEmpty();
    }

    private static String string(SimulationText text) {
        return new String(text.toBytes(), StandardCharsets.UTF_8);
    }
}
