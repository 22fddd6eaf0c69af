package whisktape;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is read in an event's JSON: where it stands there, and the column that holds it, in the order of the columns. */
public enum EventField {
    EVENT_TYPE("eventType", Kind.TEXT),
    EVENT_SOURCE("source", Kind.TEXT),
    SUBJECT("subject", Kind.TEXT),
    NAMESPACE("namespace", Kind.TEXT),
    USER_ID("userId", Kind.TEXT),
    EVENT_TIME_MS("timestamp", Kind.NUMBER),
    BODY_TYPE(null, Kind.TEXT),
    ACTION("body.name", Kind.TEXT),
    ACTIVATION_ID("body.activationId", Kind.TEXT),
    STATUS_CODE("body.statusCode", Kind.NUMBER),
    DURATION_MS("body.duration", Kind.NUMBER),
    WAIT_MS("body.waitTime", Kind.NUMBER),
    INIT_MS("body.initTime", Kind.NUMBER),
    KIND("body.kind", Kind.TEXT),
    CONDUCTOR("body.conductor", Kind.FLAG),
    MEMORY_MB("body.memory", Kind.NUMBER),
    CAUSED_BY("body.causedBy", Kind.TEXT),
    RESPONSE_CHARS("body.size", Kind.NUMBER),
    USER_STATUS_CODE("body.userDefinedStatusCode", Kind.NUMBER),
    METRIC_NAME("body.metricName", Kind.TEXT),
    METRIC_VALUE("body.metricValue", Kind.NUMBER);

    /** How a field stands in the JSON. */
    public enum Kind {
        TEXT,
        NUMBER,
        FLAG
    }

    public static final int COUNT = values().length;

    private static final Map<String, EventField> BY_PATH = Stream.of(values())
            .filter(field -> field.path != null)
            .collect(Collectors.toMap(field -> field.path, field -> field));

    private static final Map<String, EventField> BY_COLUMN =
            Stream.of(values()).collect(Collectors.toMap(EventField::column, field -> field));

    private final String path;
    private final Kind kind;

    EventField(String path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** The name of its column. */
    public String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The field at a place of the JSON, {@code source} or {@code body.name}; null if none is read there. */
    public static EventField ofPath(String path) {
        return BY_PATH.get(path);
    }

    /** The field in the column of this name; null if there is none. */
    public static EventField ofColumn(String name) {
        return BY_COLUMN.get(name);
    }
}
