package whisktape.shapes;

import java.nio.charset.StandardCharsets;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.EventField;

/** What was read in an event, as {@link whisktape.Shape} takes it. */
final class EventValues {
    private EventValues() {}

    static Object[] of(Event event) {
        Object[] values = new Object[EventField.COUNT];
        Event.Envelope envelope = event.envelope();
        set(values, EventField.EVENT_TYPE, envelope.eventType());
        set(values, EventField.EVENT_SOURCE, envelope.source());
        set(values, EventField.SUBJECT, envelope.subject());
        set(values, EventField.NAMESPACE, envelope.namespace());
        set(values, EventField.USER_ID, envelope.userId());
        set(values, EventField.EVENT_TIME_MS, envelope.timestampMs());
        if (event.body() instanceof EventBody.Activation activation) {
            set(values, EventField.ACTION, activation.action());
            set(values, EventField.ACTIVATION_ID, activation.activationId());
            set(values, EventField.STATUS_CODE, activation.statusCode());
            set(values, EventField.DURATION_MS, activation.durationMs());
            set(values, EventField.WAIT_MS, activation.waitMs());
            set(values, EventField.INIT_MS, activation.initMs());
            set(values, EventField.KIND, activation.kind());
            set(values, EventField.CONDUCTOR, activation.conductor());
            set(values, EventField.MEMORY_MB, activation.memoryMb());
            set(values, EventField.CAUSED_BY, activation.causedBy());
            set(values, EventField.RESPONSE_CHARS, activation.responseChars());
            set(values, EventField.USER_STATUS_CODE, activation.userStatusCode());
        } else if (event.body() instanceof EventBody.Metric metric) {
            set(values, EventField.METRIC_NAME, metric.name());
            set(values, EventField.METRIC_VALUE, metric.value());
        }
        return values;
    }

    private static void set(Object[] values, EventField field, Object value) {
        values[field.ordinal()] = value instanceof String text ? text.getBytes(StandardCharsets.UTF_8) : value;
    }
}
