package whisktape.analysis;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** {@code recorded_events} and {@code recorded_activations}: the segments of a recording as they are. */
final class RecordedTables {
    static final List<String> NAMES = Stream.of(Segment.EVENTS, Segment.ACTIVATIONS)
            .map(RecordedTables::nameOf)
            .toList();

    private final Recording recording;
    private final WorkFolder work;

    RecordedTables(Recording recording, WorkFolder work) {
        this.recording = recording;
        this.work = work;
    }

    /** All files that these read. */
    List<Path> files() {
        List<Path> files = new ArrayList<>(files(Segment.EVENTS));
        files.addAll(files(Segment.ACTIVATIONS));
        return files;
    }

    /** Makes both. */
    void create(Statement statement) throws SQLException {
        for (String name : NAMES) {
            create(statement, name);
        }
    }

    /**
     * Makes one of them, without any rows where the recording has no such segment.
     *
     * @throws whisktape.WhisktapeException where its first segment is missing or damaged
     */
    void create(Statement statement, String name) throws SQLException {
        String table = name.equals(nameOf(Segment.EVENTS)) ? Segment.EVENTS : Segment.ACTIVATIONS;
        List<Segment> segments = recording.segments(table);
        if (segments.isEmpty()) {
            Recording.writeEmptySegment(work.emptySegment(table), table);
        } else {
            // All others are read with its columns' types, and fail where theirs are not the same.
            recording.requireColumns(segments.get(0));
        }
        // Recordings of format 1 have no shapes: each value is there.
        boolean lacksShapes =
                table.equals(Segment.EVENTS) && recording.manifest().format() == 1 && !segments.isEmpty();
        // Folders named like a=b are the user's, not partitions of a table.
        statement.execute("CREATE VIEW " + name + " AS SELECT *"
                + (lacksShapes ? ", CAST(NULL AS VARCHAR) AS shape" : "") + " FROM read_parquet("
                + SqlText.literals(files(table)) + ", hive_partitioning = false)");
    }

    private List<Path> files(String table) {
        List<Path> files = recording.segments(table).stream()
                .map(segment -> work.recording().resolve(segment.file()))
                .toList();
        return files.isEmpty() ? List.of(work.emptySegment(table)) : files;
    }

    private static String nameOf(String table) {
        return "recorded_" + table;
    }
}
