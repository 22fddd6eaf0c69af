package whisktape.recording;

import whisktape.Message.TimestampType;

/** The values of the column {@code kafka_timestamp_type}. */
final class TimestampTypes {
    private TimestampTypes() {}

    static String toText(TimestampType type) {
        return switch (type) {
            case CREATE -> "create";
            case APPEND -> "append";
            case NONE -> "none";
        };
    }

    static TimestampType fromText(String text) {
        return switch (text) {
            case "create" -> TimestampType.CREATE;
            case "append" -> TimestampType.APPEND;
            case "none" -> TimestampType.NONE;
            default -> throw new IllegalArgumentException("kafka_timestamp_type is " + text);
        };
    }
}
