package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OffsetSetTest {
    private final OffsetSet offsets = new OffsetSet();

    @ParameterizedTest
    @ValueSource(longs = {0, 65_535, 65_536, 1L << 40, Long.MAX_VALUE, -1, Long.MIN_VALUE})
    void holdsAnOffsetAndNotItsNeighbours(long offset) {
        offsets.add(1, 3, offset);

        assertThat(offsets.contains(1, 3, offset)).isTrue();
        assertThat(offsets.contains(1, 3, offset + 1)).isFalse();
        assertThat(offsets.contains(1, 3, offset - 1)).isFalse();
        assertThat(offsets.contains(2, 3, offset)).isFalse();
        assertThat(offsets.contains(1, 4, offset)).isFalse();
    }

    @Test
    void countsAnOffsetOnce() {
        offsets.add(1, 0, 7);
        offsets.add(1, 0, 7);
        offsets.add(1, 0, 1L << 40);

        assertThat(offsets.size()).isEqualTo(2);
    }
}
