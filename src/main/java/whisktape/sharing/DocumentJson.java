package whisktape.sharing;

import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;

/**
 * Redacts the JSON of documents, field by field as {@code WhiskActivation} has them. Results and logs leave as they do with
 * {@code record --no-payloads}: what a reader of documents makes of all others is the same but for names.
 */
final class DocumentJson {
    private final Redaction redaction;

    DocumentJson(Redaction redaction) {
        this.redaction = redaction;
    }

    /** The document with other names; empty where it is not one JSON object. */
    Optional<byte[]> redact(byte[] document) {
        return JsonCopy.ofObject(document, redaction, this::field);
    }

    private boolean field(JsonCopy copy, String field) throws IOException {
        return switch (field) {
            case "_id" -> copy.text(field, redaction::documentId);
            case "_rev" -> copy.text(field, redaction::revision);
            case "_deleted", "publish" -> copy.flag(field);
            case "entityType" -> copy.text(field, redaction::entityType);
            case "activationId", "cause" -> copy.text(field, redaction::activationId);
            case "namespace" -> copy.text(field, redaction::namespace);
            case "name" -> copy.text(field, redaction::action);
            case "version" -> copy.text(field, redaction::version);
            case "subject" -> copy.text(field, redaction::subject);
            case "start", "end", "duration", "updated", "statusCode" -> copy.number(field);
            case "response" -> copy.object(field, inner -> response(copy, inner));
            case "logs" -> payload(copy, field, Keep.LOGS, "[]");
            case "annotations" -> {
                copy.out().writeFieldName(field);
                annotations(copy);
                yield true;
            }
            default -> false;
        };
    }

    private boolean response(JsonCopy copy, String field) throws IOException {
        return switch (field) {
            case "statusCode", "size" -> copy.number(field);
            case "status" -> copy.text(field, redaction::statusText);
            case "result" -> payload(copy, field, Keep.PAYLOADS, "null");
            default -> false;
        };
    }

    private boolean payload(JsonCopy copy, String field, Keep kept, String instead) throws IOException {
        copy.out().writeFieldName(field);
        if (redaction.keeps(kept)) {
            copy.asItIs();
        } else {
            copy.instead(instead, kept);
        }
        return true;
    }

    /** A list of keys and values in CouchDB and REST, an object in Elasticsearch. */
    private void annotations(JsonCopy copy) throws IOException {
        if (copy.in().currentToken() != JsonToken.START_ARRAY) {
            copy.object(key -> {
                boolean isKnown = isAnnotation(key);
                if (isKnown) {
                    copy.out().writeFieldName(key);
                    annotation(copy, key);
                }
                return isKnown;
            });
            return;
        }
        copy.out().writeStartArray();
        while (copy.in().nextToken() != JsonToken.END_ARRAY) {
            element(copy);
        }
        copy.out().writeEndArray();
    }

    private static boolean isAnnotation(String key) {
        return switch (key) {
            case "path", "kind", "limits", "waitTime", "initTime", "timeout", "causedBy", "topmost", "conductor" ->
                true;
            case "binding" -> true;
            default -> false;
        };
    }

    private void annotation(JsonCopy copy, String key) throws IOException {
        switch (key) {
            case "path" -> copy.text(redaction::path);
            case "kind" -> copy.text(redaction::kind);
            case "binding" -> copy.text(redaction::binding);
            case "causedBy" -> copy.text(redaction::causedBy);
            case "limits" -> copy.object(limit -> isLimit(limit) && copy.number(limit));
            case "waitTime", "initTime" -> copy.number();
            case "timeout", "topmost", "conductor" -> copy.flag();
            default -> copy.typeOnly();
        }
    }

    private static boolean isLimit(String name) {
        return switch (name) {
            case "timeout", "memory", "logs", "concurrency", "instances" -> true;
            default -> false;
        };
    }

    /** One element of the list. Its value may stand before the key that says what it is; then it is written at the end. */
    private void element(JsonCopy copy) throws IOException {
        if (copy.in().currentToken() != JsonToken.START_OBJECT) {
            copy.typeOnly();
            return;
        }
        Element element = new Element();
        copy.object(field -> element.copy(copy, field), () -> element.end(copy));
    }

    /** What is known of an element so far. */
    private final class Element {
        private String key;
        private JsonCopy.Range earlier;

        boolean copy(JsonCopy copy, String field) throws IOException {
            switch (field) {
                case "key" -> {
                    key = copy.in().currentToken() == JsonToken.VALUE_STRING
                            ? copy.in().getText()
                            : null;
                    return copy.text(field, name -> isAnnotation(name) ? name : redaction.unknownField(name));
                }
                case "value" -> {
                    if (key == null) {
                        earlier = copy.skipped();
                    } else {
                        copy.out().writeFieldName(field);
                        annotation(copy, key);
                    }
                    return true;
                }
                default -> {
                    return false;
                }
            }
        }

        void end(JsonCopy copy) throws IOException {
            if (earlier != null) {
                copy.out().writeFieldName("value");
                copy.at(earlier, value -> annotation(value, key == null ? "" : key));
            }
        }
    }
}
