package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RowStoreTest {
    private final RowStore store = RowStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void listsThatGrowSideBySideComeBackOneAfterTheOther() {
        RowStore.Rows narrow = store.rows(1);
        RowStore.Rows wide = store.rows(29);
        for (int i = 0; i < 5_000; i++) {
            narrow.add(i, new double[] {i / 4.0});
            if (i % 3 == 0) {
                double[] values = new double[29];
                values[0] = i;
                values[28] = -i;
                wide.add(i, values);
            }
        }

        List<String> wides = new ArrayList<>();
        for (RowStore.Cursor cursor = wide.read(); cursor.advance(); ) {
            wides.add(cursor.number() + " " + cursor.values()[0] + " " + cursor.values()[28]);
        }
        assertThat(wides).hasSize(1_667).startsWith("0 0.0 0.0", "3 3.0 -3.0").endsWith("4998 4998.0 -4998.0");
        int read = 0;
        for (RowStore.Cursor cursor = narrow.read(); cursor.advance(); read++) {
            assertThat(cursor.number()).isEqualTo(read);
            assertThat(cursor.values()).containsExactly(read / 4.0);
        }
        assertThat(read).isEqualTo(5_000);
    }

    @Test
    void aListWithoutRowsHasNone() {
        assertThat(store.rows(3).read().advance()).isFalse();
    }

    @Test
    void aRowMustFitIntoABlock() {
        assertThatThrownBy(() -> store.rows(127)).isInstanceOf(IllegalArgumentException.class);
    }
}
