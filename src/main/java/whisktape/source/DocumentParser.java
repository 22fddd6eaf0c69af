package whisktape.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import whisktape.Document;
import whisktape.DocumentBody;

/** Reads documents: as little of them as the source's own tests need. */
public final class DocumentParser {
    private static final ObjectMapper JSON = new ObjectMapper();

    public DocumentParser(boolean keepPayloads) {}

    public Document parse(
            int incarnation, String updateSeq, long recordedAtMs, String id, String rev, boolean deleted, byte[] text) {
        return new Document(
                incarnation, updateSeq, recordedAtMs, id, rev, deleted, text, body(id, deleted, text), null);
    }

    private static DocumentBody body(String id, boolean deleted, byte[] text) {
        try {
            JsonNode json = JSON.readTree(text);
            if (id.startsWith("_design/")) {
                return new DocumentBody.Design();
            }
            if (!json.has("activationId")) {
                return deleted ? new DocumentBody.Tombstone() : new DocumentBody.Unreadable("not an activation");
            }
            return new DocumentBody.Activation(
                    json.path("activationId").asText(),
                    json.path("namespace").asText(),
                    json.path("name").asText(),
                    null,
                    null,
                    null,
                    null,
                    time(json, "start"),
                    time(json, "end"),
                    null,
                    time(json, "updated"),
                    null,
                    null,
                    null,
                    DocumentBody.Limits.ABSENT,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    null,
                    List.of(),
                    List.of());
        } catch (IOException e) {
            return new DocumentBody.Unreadable("not JSON");
        }
    }

    private static Long time(JsonNode json, String field) {
        return json.has(field) ? (Long) json.get(field).asLong() : null;
    }
}
