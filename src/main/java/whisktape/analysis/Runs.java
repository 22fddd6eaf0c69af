package whisktape.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import whisktape.recording.Recording;

/**
 * Several recordings side by side, and what tells them apart: their names, and a column for each label that any of them has. Labels that are
 * numbers everywhere are numbers here too, so that 64 comes before 128.
 */
public final class Runs {
    /** The column with the recordings' names. */
    public static final String RECORDING = "recording";

    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern DECIMAL = Pattern.compile("-?\\d{1,18}\\.\\d{1,18}");

    private final List<Recording> recordings;
    private final Map<String, Type> labels = new LinkedHashMap<>();

    private enum Type {
        WHOLE("BIGINT"),
        DECIMAL("DOUBLE"),
        TEXT("STRING");

        private final String sql;

        Type(String sql) {
            this.sql = sql;
        }
    }

    /** Those of these recordings, in this order. */
    public Runs(List<Recording> recordings) {
        this.recordings = List.copyOf(recordings);
        TreeSet<String> names = new TreeSet<>();
        recordings.forEach(each -> names.addAll(each.manifest().labels().keySet()));
        names.forEach(name -> labels.put(name, typeOf(name)));
    }

    /** The recordings right inside of a folder, by name; none where it is a recording itself, or holds none. */
    public static Optional<Runs> in(Path folder) {
        List<Recording> found = Recording.in(folder);
        return found.isEmpty() ? Optional.empty() : Optional.of(new Runs(found));
    }

    public List<Recording> recordings() {
        return recordings;
    }

    /** All labels that any of them has. */
    public List<String> labels() {
        return List.copyOf(labels.keySet());
    }

    /**
     * The columns that tell the recordings apart, to stand before these.
     *
     * @param names of the columns behind them; a label that has one of these names, or another label's in other letters, gets label_ in front
     */
    public List<Column> columns(List<String> names) {
        TreeSet<String> taken = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        taken.addAll(names);
        List<Column> columns = new ArrayList<>();
        columns.add(new Column(free(RECORDING, taken), false));
        labels.forEach((label, type) -> columns.add(new Column(free(label, taken), type != Type.TEXT)));
        return columns;
    }

    /** How both engines call the types of these columns. */
    List<String> sqlTypes() {
        return Stream.concat(Stream.of(Type.TEXT), labels.values().stream())
                .map(type -> type.sql)
                .toList();
    }

    /** What stands in these columns for one of the recordings; null where it lacks a label that another one has. */
    public List<Object> values(Recording recording) {
        List<Object> values = new ArrayList<>();
        values.add(recording.name());
        labels.forEach((label, type) -> values.add(value(recording, label, type)));
        return values;
    }

    private static String free(String name, TreeSet<String> taken) {
        String free = name;
        while (!taken.add(free)) {
            free = "label_" + free;
        }
        return free;
    }

    private static Object value(Recording recording, String label, Type type) {
        String text = recording.manifest().labels().get(label);
        if (text == null || type == Type.TEXT) {
            return text;
        }
        return type == Type.WHOLE ? (Object) Long.valueOf(text) : (Object) Double.valueOf(text);
    }

    private Type typeOf(String label) {
        List<String> texts = recordings.stream()
                .map(each -> each.manifest().labels().get(label))
                .filter(Objects::nonNull)
                .toList();
        if (texts.stream().allMatch(text -> WHOLE.matcher(text).matches())) {
            return Type.WHOLE;
        }
        return texts.stream()
                        .allMatch(text -> WHOLE.matcher(text).matches()
                                || DECIMAL.matcher(text).matches())
                ? Type.DECIMAL
                : Type.TEXT;
    }
}
