package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import whisktape.DocumentBody;

/** Reads {@code annotations}: a list of keys and values in CouchDB and REST, an object in Elasticsearch; the last of a key counts. */
final class AnnotationReader {
    private final LenientJson json;

    String path;
    String kind;
    DocumentBody.Limits limits;
    Long waitMs;
    Long initMs;
    Boolean timedOut;
    String causedBy;
    Boolean topmost;
    Boolean conductor;
    String binding;

    /** True if they were written as Elasticsearch has them. */
    boolean isObject;

    AnnotationReader(LenientJson json) {
        this.json = json;
    }

    void reset() {
        path = null;
        kind = null;
        limits = DocumentBody.Limits.ABSENT;
        waitMs = null;
        initMs = null;
        timedOut = null;
        causedBy = null;
        topmost = null;
        conductor = null;
        binding = null;
        isObject = false;
    }

    /** Reads the current value, which is a part of this text. */
    void read(JsonParser in, byte[] text) throws IOException {
        reset();
        switch (in.currentToken()) {
            case START_ARRAY -> {
                while (in.nextToken() != JsonToken.END_ARRAY) {
                    readElement(in, text);
                }
            }
            case START_OBJECT -> {
                isObject = true;
                for (String key = in.nextFieldName(); key != null; key = in.nextFieldName()) {
                    in.nextToken();
                    readValue(in, key);
                }
            }
            case VALUE_NULL -> {}
            default -> json.odd(in, "annotations");
        }
    }

    private void readElement(JsonParser in, byte[] text) throws IOException {
        if (in.currentToken() != JsonToken.START_OBJECT) {
            json.odd(in, "annotations");
            return;
        }
        String key = null;
        int from = -1;
        int until = -1;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            if (field.equals("key")) {
                key = json.text(in, "annotations");
            } else if (!field.equals("value")) {
                in.skipChildren();
            } else if (key != null) {
                readValue(in, key);
            } else {
                from = LenientJson.startOf(in);
                until = LenientJson.endOf(in);
            }
        }
        if (key != null && from >= 0) {
            readEarlierValue(text, from, until, key);
        }
    }

    /** The value stood before the key that says what it is. */
    private void readEarlierValue(byte[] text, int from, int until, String key) throws IOException {
        try (JsonParser value = LenientJson.open(text, from, until)) {
            value.nextToken();
            readValue(value, key);
        }
    }

    private void readValue(JsonParser in, String key) throws IOException {
        switch (key) {
            case "path" -> path = json.text(in, key);
            case "kind" -> kind = json.text(in, key);
            case "limits" -> limits = limits(in);
            case "waitTime" -> waitMs = json.number(in, key);
            case "initTime" -> initMs = json.number(in, key);
            case "timeout" -> timedOut = json.flag(in, key);
            case "causedBy" -> causedBy = json.text(in, key);
            case "topmost" -> topmost = json.flag(in, key);
            case "conductor" -> conductor = json.flag(in, key);
            case "binding" -> binding = json.text(in, key);
            default -> in.skipChildren();
        }
    }

    private DocumentBody.Limits limits(JsonParser in) throws IOException {
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return DocumentBody.Limits.ABSENT;
        }
        if (in.currentToken() != JsonToken.START_OBJECT) {
            json.odd(in, "limits");
            return DocumentBody.Limits.ABSENT;
        }
        Long timeoutMs = null;
        Long memoryMb = null;
        Long logsMb = null;
        Long concurrency = null;
        Long instances = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "timeout" -> timeoutMs = json.number(in, "limits.timeout");
                case "memory" -> memoryMb = json.number(in, "limits.memory");
                case "logs" -> logsMb = json.number(in, "limits.logs");
                case "concurrency" -> concurrency = json.number(in, "limits.concurrency");
                case "instances" -> instances = json.number(in, "limits.instances");
                default -> in.skipChildren();
            }
        }
        return new DocumentBody.Limits(timeoutMs, memoryMb, logsMb, concurrency, instances);
    }
}
