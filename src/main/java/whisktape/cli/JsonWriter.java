package whisktape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import whisktape.analysis.Column;

/** An array of objects, one on each line. */
final class JsonWriter implements ResultPrinter.RowWriter {
    private final PrintWriter out;
    private final List<String> names;
    private boolean hasRows;

    JsonWriter(PrintWriter out, List<Column> columns) {
        this.out = out;
        this.names = distinct(columns);
        out.print("[");
    }

    @Override
    public void row(List<Object> values) {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            object.put(names.get(i), Cells.forJson(values.get(i)));
        }
        out.println(hasRows ? "," : "");
        Json.write(out, object);
        hasRows = true;
    }

    @Override
    public void end() {
        if (hasRows) {
            out.println();
        }
        out.println("]");
    }

    /** SQL takes several columns of one name, an object does not. */
    private static List<String> distinct(List<Column> columns) {
        List<String> names = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name();
            for (int i = 1; names.contains(name); i++) {
                name = column.name() + "_" + i;
            }
            names.add(name);
        }
        return names;
    }
}
