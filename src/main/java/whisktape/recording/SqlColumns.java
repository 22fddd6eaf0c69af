package whisktape.recording;

import java.util.List;
import java.util.stream.Collectors;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.Type;

/** The columns of a segment as SQL declares those of a table, for an engine that would have to open one to know them. */
final class SqlColumns {
    private SqlColumns() {}

    /** As in {@code `offset` BIGINT, `component_ids` ARRAY<STRING>}. */
    static String of(Table table) {
        return fields(table.schema().getFields(), " ");
    }

    private static String fields(List<Type> fields, String between) {
        return fields.stream()
                .map(field -> "`" + field.getName() + "`" + between + type(field))
                .collect(Collectors.joining(", "));
    }

    private static String type(Type field) {
        if (field.isPrimitive()) {
            return switch (field.asPrimitiveType().getPrimitiveTypeName()) {
                case INT32 -> "INT";
                case INT64 -> "BIGINT";
                case BOOLEAN -> "BOOLEAN";
                case BINARY ->
                    LogicalTypeAnnotation.stringType().equals(field.getLogicalTypeAnnotation()) ? "STRING" : "BINARY";
                default -> throw new IllegalArgumentException("no SQL type for " + field);
            };
        }
        GroupType group = field.asGroupType();
        return field.getLogicalTypeAnnotation() instanceof ListLogicalTypeAnnotation
                ? "ARRAY<" + type(group.getType(0).asGroupType().getType(0)) + ">"
                : "STRUCT<" + fields(group.getFields(), ": ") + ">";
    }
}
