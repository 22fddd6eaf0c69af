package whisktape.recording;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The columns of the table {@code events} that hold what was read in a message's JSON, in file order, and where it stands there. */
enum TypedColumn {
    EVENT_TYPE("eventType"),
    EVENT_SOURCE("source"),
    SUBJECT("subject"),
    NAMESPACE("namespace"),
    USER_ID("userId"),
    EVENT_TIME_MS("timestamp"),
    BODY_TYPE(null),
    ACTION("body.name"),
    ACTIVATION_ID("body.activationId"),
    STATUS_CODE("body.statusCode"),
    DURATION_MS("body.duration"),
    WAIT_MS("body.waitTime"),
    INIT_MS("body.initTime"),
    KIND("body.kind"),
    CONDUCTOR("body.conductor"),
    MEMORY_MB("body.memory"),
    CAUSED_BY("body.causedBy"),
    RESPONSE_CHARS("body.size"),
    USER_STATUS_CODE("body.userDefinedStatusCode"),
    METRIC_NAME("body.metricName"),
    METRIC_VALUE("body.metricValue");

    static final int COUNT = values().length;

    private static final Map<String, TypedColumn> BY_PATH = Stream.of(values())
            .filter(column -> column.path != null)
            .collect(Collectors.toMap(column -> column.path, column -> column));

    private static final Map<String, TypedColumn> BY_NAME =
            Stream.of(values()).collect(Collectors.toMap(TypedColumn::column, column -> column));

    private final String path;

    TypedColumn(String path) {
        this.path = path;
    }

    /** Its name in the file. */
    String column() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The column of a JSON field, {@code source} or {@code body.name}; null if none holds it. */
    static TypedColumn ofPath(String path) {
        return BY_PATH.get(path);
    }

    /** The column by this name; null if there is none. */
    static TypedColumn ofColumn(String name) {
        return BY_NAME.get(name);
    }
}
