package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.parquet.schema.MessageType;

/** The tables of a recording, in the order in which the manifest lists their segments. */
enum Table {
    EVENTS(Segment.EVENTS),
    ACTIVATIONS(Segment.ACTIVATIONS);

    private final String text;

    Table(String text) {
        this.text = text;
    }

    static boolean isTable(String text) {
        for (Table table : values()) {
            if (table.text.equals(text)) {
                return true;
            }
        }
        return false;
    }

    /** The table by this name; {@link IllegalArgumentException} if there is none. */
    static Table of(String text) {
        for (Table table : values()) {
            if (table.text.equals(text)) {
                return table;
            }
        }
        throw new IllegalArgumentException("a table is " + text);
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
        return this == EVENTS ? EventColumns.SCHEMA : ActivationColumns.SCHEMA;
    }

    /** Its columns in a recording of this format. */
    MessageType schema(int format) {
        return this == EVENTS && format == 1 ? EventColumns.SCHEMA_1 : schema();
    }

    /** A new file with its columns, for a recording of this format. */
    SegmentFile newFile(Path path, int format) throws IOException {
        return this == EVENTS
                ? new SegmentFile(
                        path, schema(format), EventColumns.WITHOUT_DICTIONARY, EventColumns.WITHOUT_STATISTICS)
                : new SegmentFile(
                        path,
                        schema(format),
                        ActivationColumns.WITHOUT_DICTIONARY,
                        ActivationColumns.WITHOUT_STATISTICS);
    }
}
