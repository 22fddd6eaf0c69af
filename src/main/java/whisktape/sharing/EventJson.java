package whisktape.sharing;

import java.io.IOException;
import java.util.Optional;

/** Redacts the JSON of events, field by field as {@code EventMessage} has them: what a reader of events makes of it is the same but for names. */
final class EventJson {
    private final Redaction redaction;

    EventJson(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The event with other names; empty where it is not one JSON object. */
    Optional<byte[]> redact(byte[] event) {
        return JsonCopy.ofObject(event, redaction, this::envelope);
    }

    private boolean envelope(JsonCopy copy, String field) throws IOException {
        return switch (field) {
            case "source" -> copy.text(field, redaction::emitter);
            case "subject" -> copy.text(field, redaction::subject);
            case "namespace" -> copy.text(field, redaction::namespace);
            case "userId" -> copy.text(field, redaction::userId);
            case "eventType" -> copy.text(field, redaction::eventType);
            case "timestamp" -> copy.number(field);
            case "body" -> copy.object(field, inner -> body(copy, inner));
            default -> false;
        };
    }

    private boolean body(JsonCopy copy, String field) throws IOException {
        return switch (field) {
            case "name" -> copy.text(field, redaction::path);
            case "activationId" -> copy.text(field, redaction::activationId);
            case "statusCode", "duration", "waitTime", "initTime", "memory", "size" -> copy.number(field);
            case "userDefinedStatusCode", "metricValue" -> copy.number(field);
            case "kind" -> copy.text(field, redaction::kind);
            case "conductor" -> copy.flag(field);
            case "causedBy" -> causedBy(copy, field);
            case "metricName" -> copy.text(field, redaction::metric);
            default -> false;
        };
    }

    /** A boolean in 2018. */
    private boolean causedBy(JsonCopy copy, String field) throws IOException {
        return copy.in().currentToken().isBoolean() ? copy.flag(field) : copy.text(field, redaction::causedBy);
    }
}
