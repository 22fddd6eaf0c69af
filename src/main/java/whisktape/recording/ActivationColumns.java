package whisktape.recording;

import static org.apache.parquet.schema.LogicalTypeAnnotation.stringType;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;

import java.util.List;
import java.util.Set;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;

/** The columns of the table {@code activations}, in file order; {@code docs/format.md} explains each. */
final class ActivationColumns {
    static final String INCARNATION = "incarnation";
    static final String CHANGE_NUMBER = "change_number";
    static final String UPDATE_SEQ = "update_seq";
    static final String ID = "_id";
    static final String REV = "_rev";
    static final String DOCUMENT = "document";

    /** What CouchDB delivered, and when. */
    static final List<String> VERBATIM =
            List.of(INCARNATION, CHANGE_NUMBER, UPDATE_SEQ, "recorded_at_ms", ID, REV, "deleted", DOCUMENT);

    /** Columns whose values hardly repeat: a dictionary would be built only to be thrown away. */
    static final Set<String> WITHOUT_DICTIONARY = Set.of(
            CHANGE_NUMBER,
            UPDATE_SEQ,
            "recorded_at_ms",
            ID,
            REV,
            DOCUMENT,
            "activation_id",
            "start_ms",
            "end_ms",
            "updated_ms",
            "component_ids.list.element",
            "trigger_results.list.element.activation_id");

    /** Columns whose smallest and largest value help nobody: a document's would leak content, a sequence's mean nothing. */
    static final Set<String> WITHOUT_STATISTICS = Set.of(UPDATE_SEQ, DOCUMENT);

    static final MessageType SCHEMA = Types.buildMessage()
            .required(INT32)
            .named(INCARNATION)
            .required(INT64)
            .named(CHANGE_NUMBER)
            .addField(text(UPDATE_SEQ))
            .required(INT64)
            .named("recorded_at_ms")
            .addField(text(ID))
            .addField(text(REV))
            .required(BOOLEAN)
            .named("deleted")
            .addField(text(DOCUMENT))
            .addField(text("document_type"))
            .addField(text("activation_id"))
            .addField(text("namespace"))
            .addField(text("name"))
            .addField(text("path"))
            .addField(text("version"))
            .addField(text("subject"))
            .addField(text("entity_type"))
            .addField(optional(INT64, "start_ms"))
            .addField(optional(INT64, "end_ms"))
            .addField(optional(INT64, "duration_ms"))
            .addField(optional(INT64, "updated_ms"))
            .addField(optional(INT64, "wait_ms"))
            .addField(optional(INT64, "init_ms"))
            .addField(text("kind"))
            .addField(optional(INT64, "timeout_limit_ms"))
            .addField(optional(INT64, "memory_mb"))
            .addField(optional(INT64, "logs_limit_mb"))
            .addField(optional(INT64, "concurrency_limit"))
            .addField(optional(INT64, "instances_limit"))
            .addField(optional(BOOLEAN, "timed_out"))
            .addField(text("caused_by"))
            .addField(text("cause"))
            .addField(optional(BOOLEAN, "topmost"))
            .addField(optional(BOOLEAN, "conductor"))
            .addField(text("binding"))
            .addField(optional(INT64, "status_code"))
            .addField(optional(INT64, "response_chars"))
            .addField(optional(INT64, "user_status_code"))
            .addField(optional(BOOLEAN, "publish"))
            .addField(optional(INT64, "log_lines"))
            .addField(componentIds())
            .addField(triggerResults())
            .addField(text("odd_fields"))
            .addField(text("unreadable_reason"))
            .named("activation");

    private ActivationColumns() {}

    private static Type optional(PrimitiveTypeName type, String name) {
        return Types.optional(type).named(name);
    }

    private static Type text(String name) {
        return Types.optional(BINARY).as(stringType()).named(name);
    }

    private static Type componentIds() {
        return Types.optionalList().requiredElement(BINARY).as(stringType()).named("component_ids");
    }

    private static Type triggerResults() {
        return Types.optionalList()
                .requiredGroupElement()
                .addField(text("rule"))
                .addField(text("action"))
                .addField(text("activation_id"))
                .addField(optional(INT64, "status_code"))
                .addField(optional(BOOLEAN, "success"))
                .addField(text("error"))
                .named("trigger_results");
    }
}
