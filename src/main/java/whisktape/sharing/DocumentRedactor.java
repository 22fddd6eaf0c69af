package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import whisktape.Document;
import whisktape.DocumentBody;

/**
 * Redacts rows of the table {@code activations}, column by column: every column is named here, and one that is not does not
 * leave.
 */
final class DocumentRedactor implements UnaryOperator<Document> {
    private static final String ENTITY_TYPE_IS = "not an activation: entityType is ";

    private final Redaction redaction;
    private final DocumentJson json;

    DocumentRedactor(Redaction redaction) {
        this.redaction = redaction;
        this.json = new DocumentJson(redaction);
    }

    @Override
    public Document apply(Document document) {
        return new Document(
                document.incarnation(),
                redaction.updateSeq(document.updateSeq()),
                document.recordedAtMs(),
                redaction.documentId(document.id()),
                redaction.revision(document.rev()),
                document.deleted(),
                text(document.text(), document.body()),
                body(document.body()),
                EventRedactor.oddFields(document.oddFields()));
    }

    /** What is no JSON object has no text, as with {@code record --no-payloads}: nobody can tell what in it is a payload. */
    private byte[] text(byte[] text, DocumentBody body) {
        if (text == null) {
            return null;
        }
        if (!(body instanceof DocumentBody.Unreadable unreadable) || Vocabulary.isOfAnObject(unreadable.reason())) {
            Optional<byte[]> redacted = json.redact(text);
            if (redacted.isPresent()) {
                return redacted.get();
            }
        }
        redaction.originals().addWords(new String(text, StandardCharsets.ISO_8859_1));
        return null;
    }

    private DocumentBody body(DocumentBody body) {
        if (body instanceof DocumentBody.Activation activation) {
            return activation(activation);
        }
        return body instanceof DocumentBody.Unreadable unreadable
                ? new DocumentBody.Unreadable(reason(unreadable.reason()))
                : body;
    }

    private DocumentBody.Activation activation(DocumentBody.Activation activation) {
        return new DocumentBody.Activation(
                redaction.activationId(activation.activationId()),
                redaction.namespace(activation.namespace()),
                redaction.action(activation.name()),
                redaction.path(activation.path()),
                redaction.version(activation.version()),
                redaction.subject(activation.subject()),
                redaction.entityType(activation.entityType()),
                activation.startMs(),
                activation.endMs(),
                activation.durationMs(),
                activation.updatedMs(),
                activation.waitMs(),
                activation.initMs(),
                redaction.kind(activation.kind()),
                activation.limits(),
                activation.timedOut(),
                redaction.causedBy(activation.causedBy()),
                redaction.activationId(activation.cause()),
                activation.topmost(),
                activation.conductor(),
                redaction.binding(activation.binding()),
                activation.statusCode(),
                activation.responseChars(),
                activation.userStatusCode(),
                activation.publish(),
                activation.logLines(),
                activation.componentIds().stream().map(redaction::activationId).toList(),
                triggerResults(activation.triggerResults()));
    }

    private List<DocumentBody.TriggerResult> triggerResults(List<DocumentBody.TriggerResult> results) {
        return results.stream()
                .map(result -> new DocumentBody.TriggerResult(
                        redaction.rule(result.rule()),
                        redaction.path(result.action()),
                        redaction.activationId(result.activationId()),
                        result.statusCode(),
                        result.success(),
                        redaction.failure(result.error())))
                .toList();
    }

    private String reason(String reason) {
        if (reason != null && reason.startsWith(ENTITY_TYPE_IS)) {
            return ENTITY_TYPE_IS + redaction.entityType(reason.substring(ENTITY_TYPE_IS.length()));
        }
        return EventRedactor.reason(reason);
    }
}
