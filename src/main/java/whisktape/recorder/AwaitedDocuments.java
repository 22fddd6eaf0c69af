package whisktape.recorder;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;
import whisktape.shapes.EventRows;

/**
 * Which activations have said by an event that they ended, and are not in the database yet. OpenWhisk writes the document
 * before or after the event, up to seconds apart, or never; so only the latest of either side are remembered.
 */
final class AwaitedDocuments {
    static final int REMEMBERED = 1 << 16;

    private final Set<String> awaited = new LinkedHashSet<>();
    private final Set<String> early = new LinkedHashSet<>();

    void saw(List<Event> events) {
        for (Event event : events) {
            if (event.body() instanceof EventBody.Activation activation && activation.activationId() != null) {
                saw(activation.activationId());
            }
        }
    }

    void saw(EventRows rows) {
        for (int row = 0; row < rows.count(); row++) {
            if (rows.has(EventField.ACTIVATION_ID, row)) {
                saw(rows.activationId(row));
            }
        }
    }

    private void saw(String activationId) {
        if (!early.remove(activationId)) {
            remember(awaited, activationId);
        }
    }

    void arrived(List<Document> documents) {
        for (Document document : documents) {
            if (document.body() instanceof DocumentBody.Activation activation && activation.activationId() != null) {
                if (!awaited.remove(activation.activationId())) {
                    remember(early, activation.activationId());
                }
            }
        }
    }

    int count() {
        return awaited.size();
    }

    private static void remember(Set<String> ids, String id) {
        ids.add(id);
        if (ids.size() > REMEMBERED) {
            ids.remove(ids.iterator().next());
        }
    }
}
