package whisktape.recording;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;

/** What the texts of a column stand for, found once for each of its values and not for each row that has it. */
final class PerValue<T> {
    private final Function<String, T> meaning;
    private ColumnValues values;
    private List<T> found = List.of();

    PerValue(Function<String, T> meaning) {
        this.meaning = meaning;
    }

    /** Null where the row has no value. */
    T of(FlatColumn column, int row) {
        int index = column.index(row);
        if (index < 0) {
            return null;
        }
        if (values != column.values()) {
            values = column.values();
            found = new ArrayList<>(Collections.nCopies(values.count(), null));
        }
        T known = found.get(index);
        if (known == null) {
            known = meaning.apply(values.text(index));
            found.set(index, known);
        }
        return known;
    }
}
