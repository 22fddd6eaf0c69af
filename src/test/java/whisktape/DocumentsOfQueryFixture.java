package whisktape;

import java.util.ArrayList;
import java.util.List;

/** The documents beside the events of {@link QueryFixture}, whose activation ids are their offsets in hexadecimal. */
final class DocumentsOfQueryFixture {
    private static final long SECOND = 1000;
    private static final long MINUTE = 60 * SECOND;
    private static final long DURATION_MS = 25;

    private final long startMs;
    private final List<Document> documents = new ArrayList<>();

    DocumentsOfQueryFixture(long startMs) {
        this.startMs = startMs;
    }

    List<Document> all() {
        // The database of this deployment does not store the successes of guest/pkg/report, and one failure was lost.
        for (int i = 0; i < 10; i++) {
            Long initMs = i % 5 == 0 ? 150L + i : null;
            add(new DocumentBuilder(id(100 + i), "guest/resize")
                    .ran(startMs + i * SECOND - 6, DURATION_MS + (initMs == null ? 0 : initMs))
                    .waited(40L + i)
                    .initialised(initMs));
        }
        add(ended(MINUTE + 2 * SECOND, 112, "guest/pkg/report")
                .namespace("alice")
                .waited(1100L)
                .status(2));
        add(ended(MINUTE + 5 * SECOND, 114, "alice/skewed").waited(-12L));
        add(ended(MINUTE + 5 * SECOND, 114, "alice/skewed")
                .waited(-12L)
                .rev("2-b")
                .logLines(0));
        documents.add(DocumentBuilder.tombstone("alice/" + id(115)));
        long chainEnd = startMs + MINUTE + 7 * SECOND - 6;
        add(new DocumentBuilder(id(116), "alice/chain")
                .sequence(chainEnd - 40, chainEnd, DURATION_MS, id(200), id(201))
                .waited(30L));
        add(ended(MINUTE + 6 * SECOND, 200, "alice/step").partOf(id(116)));
        add(ended(MINUTE + 7 * SECOND, 201, "alice/step")
                .partOf(id(116))
                .status(3)
                .waited(null));
        add(ended(-MINUTE, 202, "guest/early"));
        add(ended(10 * MINUTE, 203, "guest/late"));
        documents.add(new DocumentBuilder(id(204), "guest/tick").trigger(startMs + MINUTE, id(205)));
        return documents;
    }

    private DocumentBuilder ended(long afterMs, int number, String path) {
        return new DocumentBuilder(id(number), path).ran(startMs + afterMs - 6, DURATION_MS);
    }

    private void add(DocumentBuilder document) {
        documents.add(document.document());
    }

    private static String id(int number) {
        return "%032x".formatted(number);
    }
}
