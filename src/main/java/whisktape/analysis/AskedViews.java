package whisktape.analysis;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** Which views some questions read. */
final class AskedViews {
    private AskedViews() {}

    /** The tables and views that they name. */
    static List<View> named(List<String> questions) {
        Stream<View> tables = RecordedTables.NAMES.stream().map(name -> new View(name, "", ""));
        return Stream.concat(tables, View.all(UnaryOperator.identity()).stream())
                .filter(view -> KeptViews.words(List.of(), questions).contains(view.name()))
                .toList();
    }

    /** The views that they name, and those that these read, in an order in which each can be made. */
    static List<View> read(List<String> questions) {
        return read(questions, View.all(UnaryOperator.identity()));
    }

    /** Out of these. */
    static List<View> read(List<String> questions, List<View> views) {
        List<View> read = new ArrayList<>();
        for (int i = views.size() - 1; i >= 0; i--) {
            if (KeptViews.words(read, questions).contains(views.get(i).name())) {
                read.add(0, views.get(i));
            }
        }
        return read;
    }
}
