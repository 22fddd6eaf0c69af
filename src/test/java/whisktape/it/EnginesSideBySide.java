package whisktape.it;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import whisktape.analysis.Analysis;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Rows;
import whisktape.analysis.Runs;
import whisktape.analysis.Window;
import whisktape.recording.Recording;
import whisktape.report.Report;
import whisktape.report.Reporter;

/**
 * Runs every query on DuckDB and on Spark, in a process that has the classes of both, and prints a line for each that differs, and one
 * at the end that says how many were run: {@code EnginesSideBySide RECORDING…}.
 */
final class EnginesSideBySide {
    private static final double TOLERANCE = 1e-9;

    private final Recording recording;
    private final List<QueryFile> queries = QueryFile.list(Path.of("queries"));
    private final List<String> questions = queries.stream().map(QueryFile::sql).toList();
    private int differences;

    private EnginesSideBySide(Recording recording) {
        this.recording = recording;
    }

    public static void main(String[] recordings) {
        for (String folder : recordings) {
            new EnginesSideBySide(Recording.open(Path.of(folder))).compare();
        }
        compareRuns(
                Stream.of(recordings).map(each -> Recording.open(Path.of(each))).toList());
        // As spark-submit does when a program is over.
        SparkSession.active().stop();
    }

    private void compare() {
        try (Analysis duckdb = Analysis.openFor(questions, recording, Window.ALL);
                Analysis spark = Analysis.openInSpark(questions, recording, Window.ALL)) {
            for (QueryFile query : queries) {
                compare(query, duckdb, spark);
            }
            compare(findings(duckdb), findings(spark));
        }
        System.out.println(recording.name() + ": " + queries.size() + " queries and all findings, " + differences
                + " of them different");
    }

    /** All of them in one question. */
    private static void compareRuns(List<Recording> recordings) {
        Runs runs = new Runs(recordings);
        QueryFile figures = QueryFile.typed("SELECT * FROM run_figures ORDER BY recording");
        QueryFile joined = QueryFile.typed("SELECT i.recording, i.action, count(*) AS n, count(e.recording) AS events"
                + " FROM invocations i LEFT JOIN events e ON e.recording = i.recording AND e.incarnation = i.event_incarnation"
                + " AND e.partition = i.event_partition AND e.offset = i.event_offset"
                + " GROUP BY i.recording, i.action ORDER BY i.recording, i.action NULLS LAST");
        List<String> questions = List.of(figures.sql(), joined.sql());
        EnginesSideBySide side = new EnginesSideBySide(recordings.get(0));
        try (Analysis duckdb = Analysis.openRuns(questions, runs, recording -> Window.ALL);
                Analysis spark = Analysis.openRunsInSpark(questions, runs, recording -> Window.ALL)) {
            side.compare(figures, duckdb, spark);
            side.compare(joined, duckdb, spark);
        }
        System.out.println(recordings.size() + " recordings at once, " + side.differences + " of them different");
    }

    private void compare(QueryFile query, Analysis duckdb, Analysis spark) {
        try (Rows expected = duckdb.query(query, Map.of());
                Rows found = spark.query(query, Map.of())) {
            if (!expected.columns().equals(found.columns())) {
                differs(query.name(), "columns", expected.columns(), found.columns());
                return;
            }
            int row = 0;
            while (expected.hasNext() && found.hasNext()) {
                row++;
                List<Object> left = expected.next();
                List<Object> right = found.next();
                if (!same(left, right)) {
                    differs(query.name(), "row " + row, left, right);
                    return;
                }
            }
            if (expected.hasNext() || found.hasNext()) {
                differs(query.name(), "row " + (row + 1), expected.hasNext(), found.hasNext());
            }
        } catch (RuntimeException e) {
            differs(query.name(), "failed", "", e.getMessage());
        }
    }

    private List<String> findings(Analysis analysis) {
        List<QueryFile> checks = queries.stream().filter(Reporter::isCheck).toList();
        Report report = Reporter.report(recording, analysis, checks, Map.of(), 0);
        return report.findings().stream().map(Object::toString).toList();
    }

    private void compare(List<String> expected, List<String> found) {
        if (!expected.equals(found)) {
            differs("findings", "all", expected, found);
        }
    }

    private void differs(String query, String where, Object expected, Object found) {
        differences++;
        System.out.println(
                recording.name() + ": " + query + ", " + where + "\n  DuckDB: " + expected + "\n  Spark:  " + found);
    }

    private static boolean same(Object left, Object right) {
        if (left instanceof List<?> some && right instanceof List<?> others) {
            boolean same = some.size() == others.size();
            for (int i = 0; same && i < some.size(); i++) {
                same = same(some.get(i), others.get(i));
            }
            return same;
        }
        if (left instanceof Number one && right instanceof Number other) {
            double difference = Math.abs(one.doubleValue() - other.doubleValue());
            return one.doubleValue() == other.doubleValue()
                    || difference <= TOLERANCE * Math.max(1, Math.abs(one.doubleValue()));
        }
        if (left instanceof Instant one && right instanceof Instant other) {
            // As both are printed; in the year 9999 a double has no more digits than that.
            return one.truncatedTo(ChronoUnit.MILLIS).equals(other.truncatedTo(ChronoUnit.MILLIS));
        }
        return left == null ? right == null : left.equals(right);
    }
}
