package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ThinnedRowsTest {
    private static final int STRETCH = ThinnedRows.STRETCH;

    @Test
    void keepsAllWhereThereAreFew() {
        ThinnedRows rows = filled(4 * STRETCH, 4 * STRETCH);

        assertThat(kept(rows)).containsExactly(IntStream.range(0, 4 * STRETCH).toArray());
        assertThat(rows.get(1, 7)).isEqualTo(-7);
    }

    @Test
    void keepsEveryOtherStretchWholeWhereThereAreMore() {
        ThinnedRows rows = filled(4 * STRETCH, 5 * STRETCH + 3);

        assertThat(kept(rows))
                .containsExactly(IntStream.range(0, 5 * STRETCH + 3)
                        .filter(row -> row / STRETCH % 2 == 0)
                        .toArray());
        assertThat(rows.seen()).isEqualTo(5 * STRETCH + 3);
        assertThat(rows.every()).isEqualTo(2);
    }

    @Test
    void neverKeepsMoreThanAskedHoweverManyThereAre() {
        ThinnedRows rows = filled(4 * STRETCH, 1_000_000);

        assertThat(rows.size()).isBetween(2 * STRETCH, 4 * STRETCH);
        assertThat(IntStream.of(kept(rows))).allMatch(row -> row / STRETCH % rows.every() == 0);
    }

    @Test
    void keepsTheSameIfItIsLimitedLater() {
        ThinnedRows limited = filled(8 * STRETCH, 7 * STRETCH + 50);
        limited.limit(2 * STRETCH);

        assertThat(kept(limited)).containsExactly(kept(filled(2 * STRETCH, 7 * STRETCH + 50)));
    }

    @Test
    void takesWholeStretchesOnly() {
        assertThatThrownBy(() -> new ThinnedRows(1, STRETCH)).isInstanceOf(IllegalArgumentException.class);
    }

    private static ThinnedRows filled(int most, int count) {
        ThinnedRows rows = new ThinnedRows(2, most);
        IntStream.range(0, count).forEach(row -> rows.add(row, -row));
        return rows;
    }

    private static int[] kept(ThinnedRows rows) {
        return IntStream.range(0, rows.size()).map(row -> rows.get(0, row)).toArray();
    }
}
