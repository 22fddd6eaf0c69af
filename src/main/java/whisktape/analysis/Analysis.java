package whisktape.analysis;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/**
 * A recording opened for SQL: {@code recorded_events} and {@code recorded_activations} as the segments hold them, and the
 * views of {@code queries/views.sql}; in DuckDB or in Spark, which run the same text.
 *
 * <p>Not for use by several threads, and one query at a time.
 */
public interface Analysis extends AutoCloseable {

    /**
     * Opens a recording in DuckDB. Tables and views are made when a query needs them, which throws {@link WhisktapeException} where a
     * segment is missing or damaged.
     */
    static Analysis open(Recording recording) {
        return open(recording, Window.ALL);
    }

    /** The same for a part of its time. */
    static Analysis open(Recording recording, Window window) {
        return DuckAnalysis.open(recording, window);
    }

    /**
     * Opens a recording in DuckDB for many queries: what most of them read is made once, in a file in the temp folder.
     *
     * @param questions all that will be asked, as SQL: columns that none of it names are not made
     * @throws WhisktapeException where a segment is missing or damaged
     */
    static Analysis openFor(List<String> questions, Recording recording, Window window) {
        return DuckAnalysis.openFor(questions, recording, window);
    }

    /**
     * Opens a recording in Spark, whose classes must be there: {@code docs/spark.md}. The cluster is the one that
     * {@code spark-submit} has configured.
     *
     * @param questions all that will be asked, as SQL
     */
    static Analysis openInSpark(List<String> questions, Recording recording, Window window) {
        return SparkAnalysis.open(questions, recording, window);
    }

    /**
     * Opens several recordings in DuckDB: what is asked for of all of them stands in one view, behind the columns that tell them apart.
     *
     * @param questions all that will be asked, as SQL; only the views that they name are made
     */
    static Analysis openRuns(List<String> questions, Runs runs, Function<Recording, Window> windows) {
        return DuckAnalysis.openRuns(questions, runs, windows);
    }

    /** The same in Spark. */
    static Analysis openRunsInSpark(List<String> questions, Runs runs, Function<Recording, Window> windows) {
        return SparkAnalysis.openRuns(questions, runs, windows);
    }

    /** Runs one SELECT, which messages call by this name. */
    Rows query(String name, String sql);

    @Override
    void close();

    /** Runs one SELECT. Rows come as they are found; a result of any size needs little memory here. */
    default Rows query(String sql) {
        return query("the query", sql);
    }

    /** Runs a query with these values for its variables, and the defaults for the others. */
    default Rows query(QueryFile query, Map<String, String> values) {
        return query(query.label(), query.sql(values));
    }

    /** The offsets of the events for which this condition over the view {@code events}, there named e, is true. */
    default OffsetSet offsetsWhere(String condition) {
        // On a line of its own the condition may end in a comment.
        return OffsetSet.of(
                query("SELECT e.incarnation, e.partition, e.offset FROM events e WHERE (\n" + condition + "\n)"));
    }

    /** The changes of the database for which this is true, as offsets of partition 0; a condition over {@code recorded_activations}. */
    default OffsetSet changesWhere(String condition) {
        return OffsetSet.of(query(
                "SELECT a.incarnation, 0, a.change_number FROM recorded_activations a WHERE (\n" + condition + "\n)"));
    }
}
