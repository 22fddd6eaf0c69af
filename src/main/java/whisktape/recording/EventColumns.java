package whisktape.recording;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import whisktape.EventField;

/** The columns of the table {@code events}, in file order; {@code docs/format.md} explains each. */
final class EventColumns {
    static final String OFFSET = "offset";
    static final String KEY = "key";
    static final String VALUE = "value";
    static final String SHAPE = "shape";
    static final String HEADERS = "headers";
    static final String KAFKA_TIMESTAMP = "kafka_timestamp_ms";

    /** The verbatim columns, those from which a shape puts a value back, and what replay needs of the others. */
    static final List<String> REPLAYED = Stream.of(
                    Stream.of(
                            "incarnation",
                            "partition",
                            OFFSET,
                            KAFKA_TIMESTAMP,
                            "kafka_timestamp_type",
                            "recorded_at_ms",
                            KEY,
                            VALUE,
                            SHAPE,
                            HEADERS),
                    Stream.of(EventField.values()).map(EventField::column),
                    Stream.of("poison_reason"))
            .flatMap(Function.identity())
            .toList();

    /** Columns whose values hardly repeat: a dictionary would be built only to be thrown away. */
    static final Set<String> WITHOUT_DICTIONARY =
            Set.of(OFFSET, KAFKA_TIMESTAMP, "recorded_at_ms", KEY, VALUE, "event_time_ms", "activation_id");

    /** Columns whose smallest and largest value help nobody: comparing them costs time, and they would leak content. */
    static final Set<String> WITHOUT_STATISTICS = Set.of(KEY, VALUE, SHAPE);

    static final MessageType SCHEMA = Types.buildMessage()
            .required(INT32)
            .named("incarnation")
            .required(INT32)
            .named("partition")
            .required(INT64)
            .named(OFFSET)
            .addField(optional(INT64, KAFKA_TIMESTAMP))
            .addField(text("kafka_timestamp_type"))
            .required(INT64)
            .named("recorded_at_ms")
            .addField(optional(BINARY, KEY))
            .addField(optional(BINARY, VALUE))
            .addField(text(SHAPE))
            .addField(headers())
            .addField(text("event_type"))
            .addField(text("event_source"))
            .addField(text("subject"))
            .addField(text("namespace"))
            .addField(text("user_id"))
            .addField(optional(INT64, "event_time_ms"))
            .addField(text("body_type"))
            .addField(text("action"))
            .addField(text("activation_id"))
            .addField(optional(INT64, "status_code"))
            .addField(optional(INT64, "duration_ms"))
            .addField(optional(INT64, "wait_ms"))
            .addField(optional(INT64, "init_ms"))
            .addField(text("kind"))
            .addField(optional(BOOLEAN, "conductor"))
            .addField(optional(INT64, "memory_mb"))
            .addField(text("caused_by"))
            .addField(optional(INT64, "response_chars"))
            .addField(optional(INT64, "user_status_code"))
            .addField(text("metric_name"))
            .addField(optional(INT64, "metric_value"))
            .addField(text("odd_fields"))
            .addField(text("unreadable_reason"))
            .addField(text("poison_reason"))
            .named("event");

    /** As recordings of format 1 have it: nothing of a value is left out there. */
    static final MessageType SCHEMA_1 = new MessageType(
            SCHEMA.getName(),
            SCHEMA.getFields().stream()
                    .filter(field -> !field.getName().equals(SHAPE))
                    .toList());

    private EventColumns() {}

    private static Type optional(PrimitiveTypeName type, String name) {
        return Types.optional(type).named(name);
    }

    private static Type text(String name) {
        return Types.optional(BINARY).as(stringType()).named(name);
    }

    private static Type headers() {
        return Types.optionalList()
                .requiredGroupElement()
                .required(BINARY)
                .as(stringType())
                .named("key")
                .optional(BINARY)
                .named("value")
                .named(HEADERS);
    }
}
