package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.parquet.schema.MessageType;

/** The tables of a recording, in the order in which the manifest lists their segments. */
enum Table {
    EVENTS(
            Segment.EVENTS,
            EventColumns.SCHEMA_1,
            EventColumns.SCHEMA,
            EventColumns.WITHOUT_DICTIONARY,
            EventColumns.WITHOUT_STATISTICS),
    ACTIVATIONS(
            Segment.ACTIVATIONS,
            ActivationColumns.SCHEMA,
            ActivationColumns.SCHEMA,
            ActivationColumns.WITHOUT_DICTIONARY,
            ActivationColumns.WITHOUT_STATISTICS);

    private final String text;
    private final MessageType schemaOfFormat1;
    private final MessageType schema;
    private final Set<String> withoutDictionary;
    private final Set<String> withoutStatistics;

    Table(
            String text,
            MessageType schemaOfFormat1,
            MessageType schema,
            Set<String> withoutDictionary,
            Set<String> withoutStatistics) {
        this.text = text;
        this.schemaOfFormat1 = schemaOfFormat1;
        this.schema = schema;
        this.withoutDictionary = withoutDictionary;
        this.withoutStatistics = withoutStatistics;
    }

    /** The table by this name; {@link IllegalArgumentException} if there is none. */
    static Table of(String text) {
        return Stream.of(values())
                .filter(table -> table.text.equals(text))
                .findAny()
                .orElseThrow(() -> new IllegalArgumentException("a table is " + text));
    }

    /** Its name in the manifest, which is the name of its folder too. */
    String text() {
        return text;
    }

    Path folderIn(Path recording) {
        return recording.resolve(text);
    }

    /** Its columns in the newest format, which has all of them. */
    MessageType schema() {
        return schema;
    }

    /** Its columns in a recording of this format. */
    MessageType schema(int format) {
        return format == 1 ? schemaOfFormat1 : schema;
    }

    /** A new file with its columns, for a recording of this format. */
    SegmentFile newFile(Path path, int format) throws IOException {
        return new SegmentFile(path, schema(format), withoutDictionary, withoutStatistics);
    }
}
