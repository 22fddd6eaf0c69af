package whisktape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PartitionsTest {
    @ParameterizedTest
    @CsvSource({
        "0-3, 0-3",
        "5, 5",
        "5-5, 5",
        "'8,0-3', '0-3,8'",
        "'0-3,4', 0-4",
        "'0-5,2-3', 0-5",
        "8-, 8-",
        "'8-,9', 8-",
        "007, 7"
    })
    void hasOneTextForTheSamePartitions(String typed, String text) {
        assertThat(Partitions.parse(typed)).hasToString(text);
        assertThat(Partitions.parse(text)).isEqualTo(Partitions.parse(typed));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "-3", "3-1", "0-3,", "1.5", "99999999999", "0..3", "0-3-5", "../x"})
    void refusesWhatIsNone(String typed) {
        assertThatThrownBy(() -> Partitions.parse(typed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("'");
    }

    @Test
    void containsWhatIsInOneOfItsRanges() {
        Partitions some = Partitions.parse("0-3,8-");

        assertThat(some.contains(3)).isTrue();
        assertThat(some.contains(4)).isFalse();
        assertThat(some.contains(1_000_000)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"0-3, 3-5, true", "0-3, 4-5, false", "8-, 9, true", "'0,2', '1,3', false", "0-9, 5, true"})
    void overlapsWhereOnePartitionIsInBoth(String one, String other, boolean overlaps) {
        assertThat(Partitions.parse(one).overlaps(Partitions.parse(other))).isEqualTo(overlaps);
        assertThat(Partitions.parse(other).overlaps(Partitions.parse(one))).isEqualTo(overlaps);
    }
}
