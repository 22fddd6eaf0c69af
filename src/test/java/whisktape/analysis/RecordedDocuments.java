package whisktape.analysis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.recording.Recording;

/** Puts a segment of documents into a recording, until {@code RecordingWriter} writes documents itself. */
public final class RecordedDocuments {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String FILE = "events/activations-000001.parquet";

    private RecordedDocuments() {}

    /** The recording in this folder, and these documents as one segment more. */
    public static Recording add(Path folder, List<Document> documents) {
        List<String> rows = new ArrayList<>();
        for (Document document : documents) {
            rows.add(row(document, rows.size() + 1).toString());
        }
        try {
            Files.createDirectories(folder.resolve("events"));
            Path ndjson = Files.write(folder.resolve("documents.ndjson"), rows);
            writeSegment(ndjson, folder.resolve(FILE));
            Files.delete(ndjson);
            list(folder.resolve("recording.json"), documents.size());
            return Recording.open(folder);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void writeSegment(Path ndjson, Path segment) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE rows (" + Analysis.ACTIVATION_COLUMNS + ")");
            statement.execute("COPY rows FROM '" + ndjson + "' (FORMAT json)");
            statement.execute("COPY rows TO '" + segment + "' (FORMAT parquet)");
        }
    }

    private static void list(Path manifest, int rows) throws IOException {
        ObjectNode root = (ObjectNode) JSON.readTree(manifest.toFile());
        ((ArrayNode) root.get("segments"))
                .addObject()
                .put("file", FILE)
                .put("table", "activations")
                .put("incarnation", 1)
                .put("partition", 0)
                .put("from_offset", 0)
                .put("next_offset", rows)
                .put("rows", rows)
                .put("activations", rows)
                .put("metrics", 0)
                .put("unreadable", 0)
                .put("duplicates", 0)
                .put("poison", 0)
                .put("size_bytes", 0)
                .put("sha256", "");
        JSON.writeValue(manifest.toFile(), root);
    }

    private static ObjectNode row(Document document, long changeNumber) {
        ObjectNode row = JSON.createObjectNode()
                .put("incarnation", document.incarnation())
                .put("change_number", changeNumber)
                .put("update_seq", document.updateSeq())
                .put("recorded_at_ms", document.recordedAtMs())
                .put("_id", document.id())
                .put("_rev", document.rev())
                .put("deleted", document.deleted())
                .put("document", document.text() == null ? null : new String(document.text(), StandardCharsets.UTF_8))
                .put("odd_fields", document.oddFields());
        if (document.body() instanceof DocumentBody.Activation activation) {
            return addTyped(row.put("document_type", "activation"), activation);
        } else if (document.body() instanceof DocumentBody.Unreadable unreadable) {
            return row.put("unreadable_reason", unreadable.reason());
        }
        return row.put("document_type", document.body() instanceof DocumentBody.Design ? "design" : "tombstone");
    }

    private static ObjectNode addTyped(ObjectNode row, DocumentBody.Activation body) {
        row.put("activation_id", body.activationId())
                .put("namespace", body.namespace())
                .put("name", body.name())
                .put("path", body.path())
                .put("version", body.version())
                .put("subject", body.subject())
                .put("entity_type", body.entityType())
                .put("start_ms", body.startMs())
                .put("end_ms", body.endMs())
                .put("duration_ms", body.durationMs())
                .put("updated_ms", body.updatedMs())
                .put("wait_ms", body.waitMs())
                .put("init_ms", body.initMs())
                .put("kind", body.kind())
                .put("timeout_limit_ms", body.limits().timeoutMs())
                .put("memory_mb", body.limits().memoryMb())
                .put("logs_limit_mb", body.limits().logsMb())
                .put("concurrency_limit", body.limits().concurrency())
                .put("instances_limit", body.limits().instances())
                .put("timed_out", body.timedOut())
                .put("caused_by", body.causedBy())
                .put("cause", body.cause())
                .put("topmost", body.topmost())
                .put("conductor", body.conductor())
                .put("binding", body.binding())
                .put("status_code", body.statusCode())
                .put("response_chars", body.responseChars())
                .put("user_status_code", body.userStatusCode())
                .put("publish", body.publish())
                .put("log_lines", body.logLines());
        row.putPOJO("component_ids", body.componentIds());
        ArrayNode results = row.putArray("trigger_results");
        for (DocumentBody.TriggerResult result : body.triggerResults()) {
            results.addObject()
                    .put("rule", result.rule())
                    .put("action", result.action())
                    .put("activation_id", result.activationId())
                    .put("status_code", result.statusCode())
                    .put("success", result.success())
                    .put("error", result.error());
        }
        return row;
    }

    /** Reads a document as OpenWhisk writes it, for the samples, until {@code import} takes documents. */
    public static Document parse(String line) throws IOException {
        JsonNode json = JSON.readTree(line);
        ObjectNode annotations = JSON.createObjectNode();
        json.path("annotations")
                .forEach(annotation -> annotations.set(annotation.path("key").asText(), annotation.path("value")));
        JsonNode limits = annotations.path("limits");
        boolean isSequence = text(annotations, "kind") != null
                && annotations.path("kind").asText().equals("sequence");
        boolean isTrigger = annotations.isEmpty();
        List<String> components = new ArrayList<>();
        List<DocumentBody.TriggerResult> results = new ArrayList<>();
        for (JsonNode log : json.path("logs")) {
            if (isSequence) {
                components.add(log.asText());
            } else if (isTrigger) {
                JsonNode rule = JSON.readTree(log.asText());
                results.add(new DocumentBody.TriggerResult(
                        text(rule, "rule"),
                        text(rule, "action"),
                        text(rule, "activationId"),
                        number(rule, "statusCode"),
                        bool(rule, "success"),
                        text(rule, "error")));
            }
        }
        DocumentBody.Activation body = new DocumentBody.Activation(
                text(json, "activationId"),
                text(json, "namespace"),
                text(json, "name"),
                text(annotations, "path"),
                text(json, "version"),
                text(json, "subject"),
                text(json, "entityType"),
                number(json, "start"),
                number(json, "end"),
                number(json, "duration"),
                number(json, "updated"),
                number(annotations, "waitTime"),
                number(annotations, "initTime"),
                text(annotations, "kind"),
                new DocumentBody.Limits(
                        number(limits, "timeout"),
                        number(limits, "memory"),
                        number(limits, "logs"),
                        number(limits, "concurrency"),
                        number(limits, "instances")),
                bool(annotations, "timeout"),
                text(annotations, "causedBy"),
                text(json, "cause"),
                bool(annotations, "topmost"),
                bool(annotations, "conductor"),
                text(annotations, "binding"),
                number(json.path("response"), "statusCode"),
                number(json.path("response"), "size"),
                userStatusCode(json.path("response").path("result")),
                bool(json, "publish"),
                (long) json.path("logs").size(),
                components,
                results);
        return new Document(
                1,
                null,
                0,
                text(json, "_id"),
                text(json, "_rev"),
                false,
                line.getBytes(StandardCharsets.UTF_8),
                body,
                null);
    }

    private static Long userStatusCode(JsonNode result) {
        Long ofError = number(result.path("error"), "statusCode");
        return ofError == null ? number(result, "statusCode") : ofError;
    }

    private static String text(JsonNode json, String field) {
        return json.path(field).isTextual() ? json.get(field).asText() : null;
    }

    private static Long number(JsonNode json, String field) {
        return json.path(field).isIntegralNumber() ? json.get(field).asLong() : null;
    }

    private static Boolean bool(JsonNode json, String field) {
        return json.path(field).isBoolean() ? json.get(field).asBoolean() : null;
    }
}
