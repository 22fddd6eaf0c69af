package whisktape.analysis;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import whisktape.ActivationEvent;
import whisktape.Document;
import whisktape.DocumentBuilder;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;

/** A recording that a test makes of a few rows, to ask it questions. */
final class RecordedCalls {
    private final Path temp;
    private final List<Event> events = new ArrayList<>();
    private final List<Document> documents = new ArrayList<>();

    RecordedCalls(Path temp) {
        this.temp = temp;
    }

    void add(ActivationEvent event) {
        events.add(event.at(events.size()));
    }

    void add(DocumentBuilder document) {
        add(document.document());
    }

    void add(Document document) {
        documents.add(document);
    }

    /** A metric of controller0, such as {@code ConcurrentRateLimit}. */
    void addMetric(String name, String namespace, long timestampMs, long value) {
        events.add(new Event(
                Fixtures.message(0, events.size(), timestampMs, "{}"),
                new Event.Envelope("controller0", namespace, namespace, "user", "Metric", timestampMs),
                new EventBody.Metric(name, value),
                null,
                null));
    }

    /** Each row of the view invocations, by activation id, as its values with spaces between them. */
    List<String> invocations(String columns) {
        return rows("SELECT " + columns + " FROM invocations ORDER BY activation_id, event_offset");
    }

    /** Each row as its values with spaces between them. */
    List<String> rows(String sql) {
        try (Analysis analysis = open();
                Rows rows = analysis.query(sql)) {
            return texts(rows, null);
        }
    }

    /** The rows of a query of {@code queries/}, of these of its columns, with its variables' defaults. */
    List<String> answer(String query, String columns) {
        return answer(query, Map.of(), columns);
    }

    List<String> answer(String query, Map<String, String> variables, String columns) {
        try (Analysis analysis = open();
                Rows rows = analysis.query(QueryFile.find(Path.of("queries"), query), variables)) {
            return texts(rows, columns.split(", "));
        }
    }

    private Analysis open() {
        Path folder = temp.resolve("recording" + temp.toFile().list().length);
        Fixtures.recordingOf(folder, events);
        return Analysis.open(RecordedDocuments.add(folder, documents));
    }

    private static List<String> texts(Rows rows, String[] columns) {
        List<String> names = rows.columns().stream().map(Column::name).toList();
        List<Integer> wanted = Arrays.stream(columns == null ? names.toArray(String[]::new) : columns)
                .map(names::indexOf)
                .toList();
        List<String> texts = new ArrayList<>();
        while (rows.hasNext()) {
            List<Object> row = rows.next();
            texts.add(String.join(
                    " ",
                    wanted.stream().map(index -> String.valueOf(row.get(index))).toList()));
        }
        return texts;
    }
}
