package whisktape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.classic.Dataset;
import org.apache.spark.sql.classic.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.storage.StorageLevel;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** A recording in Spark, whose executors read the segments wherever they are. It needs Spark's class path: {@code docs/spark.md}. */
final class SparkAnalysis implements Analysis {
    /** What is smaller is read at once; then planning, and making and compiling code, would take nearly all of the time. */
    private static final long SMALL_BYTES = 32 << 20;

    /** Some 120,000 activations with their events; in memory they take ten times as much. */
    private static final long BYTES_A_PARTITION = 16 << 20;

    private static final Map<String, String> SETTINGS_OF_SMALL = Map.of(
            "spark.sql.shuffle.partitions", "1",
            "spark.sql.adaptive.enabled", "false",
            "spark.sql.codegen.wholeStage", "false",
            "spark.sql.codegen.factoryMode", "NO_CODEGEN",
            "spark.sql.constraintPropagation.enabled", "false");

    private final List<Recording> recordings;
    private final SparkSession session;
    private final SparkSelect select;

    private SparkAnalysis(List<Recording> recordings, SparkSession session) {
        this.recordings = recordings;
        this.session = session;
        this.select = new SparkSelect(session);
    }

    /**
     * Opens a recording in the session that spark-submit has configured.
     *
     * @param questions all that will be asked, as SQL: what none of it names is not made
     */
    static Analysis open(List<String> questions, Recording recording, Window window) {
        SparkAnalysis analysis = new SparkAnalysis(List.of(recording), session(List.of(recording)));
        analysis.createViews(questions, recording, window);
        return analysis;
    }

    private void createViews(List<String> questions, Recording recording, Window window) {
        createTable(recording, Segment.EVENTS);
        createTable(recording, Segment.ACTIVATIONS);
        List<View> views = new ArrayList<>(AskedViews.read(questions));
        Set<String> bases = views.stream().flatMap(view -> view.base().stream()).collect(Collectors.toSet());
        while (!views.isEmpty()) {
            View view = views.remove(0);
            session.sql(view.sql());
            cut(view, window);
            // A view to which another one adds columns is kept as a part of that.
            if (view.addsKeptColumns() || view.isKept() && !bases.contains(view.name())) {
                keep(view, KeptViews.asked(columnsOf(view), view, views, questions));
            }
        }
    }

    private Dataset<Row> marked(View view, Runs runs, Recording recording) {
        Dataset<Row> rows = session.table(view.name());
        List<whisktape.analysis.Column> marks = runs.columns(List.of(rows.columns()));
        List<Object> values = runs.values(recording);
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < marks.size(); i++) {
            columns.add(functions
                    .lit(values.get(i))
                    .cast(runs.sqlTypes().get(i))
                    .as(marks.get(i).name()));
        }
        columns.add(functions.col("*"));
        return rows.select(columns.toArray(Column[]::new));
    }

    /** Opens several, with one view for each that is asked for over all of them. */
    static Analysis openRuns(List<String> questions, Runs runs, Function<Recording, Window> windows) {
        SparkAnalysis analysis = new SparkAnalysis(runs.recordings(), session(runs.recordings()));
        Map<String, Dataset<Row>> all = new LinkedHashMap<>();
        for (Recording recording : runs.recordings()) {
            analysis.createViews(questions, recording, windows.apply(recording));
            for (View view : AskedViews.named(questions)) {
                // Bound to what the names mean now, they go on meaning this recording.
                all.merge(view.name(), analysis.marked(view, runs, recording), Dataset::union);
            }
        }
        all.forEach((name, rows) -> rows.createOrReplaceTempView(name));
        return analysis;
    }

    @Override
    public Rows query(String query, String sql) {
        try {
            return new SparkRows(select.run(sql), e -> SparkFailure.of(recordings, query, e));
        } catch (Exception e) {
            // Scala declares none of those that Java would have to expect.
            throw SparkFailure.of(recordings, query, e);
        }
    }

    /** Spark itself goes on, for the next one; it ends with the process. */
    @Override
    public void close() {
        session.catalog().clearCache();
    }

    /** Texts mean the same whatever a cluster is configured for, and read nothing but the views. */
    private static SparkSession session(List<Recording> recordings) {
        SparkSession session =
                SparkSession.builder().appName("whisktape").getOrCreate().newSession();
        session.conf().set("spark.sql.session.timeZone", "UTC");
        session.conf().set("spark.sql.ansi.enabled", "true");
        session.conf().set("spark.sql.datetime.java8API.enabled", "true");
        session.conf().set("spark.sql.runSQLOnFiles", "false");
        settings(session, recordings).forEach((name, value) -> {
            if (!session.sparkContext().getConf().contains(name)) {
                session.conf().set(name, value);
            }
        });
        return session;
    }

    /**
     * For what the user leaves to us. Of Spark's own 200 partitions a laptop would see little else of a small recording, and of a large one
     * they would be too few: each is sorted in the memory of one task.
     */
    private static Map<String, String> settings(SparkSession session, List<Recording> recordings) {
        long bytes = recordings.stream()
                .flatMap(recording -> recording.segments().stream())
                .mapToLong(Segment::sizeBytes)
                .sum();
        long partitions = Math.max(2L * session.sparkContext().defaultParallelism(), bytes / BYTES_A_PARTITION);
        return bytes < SMALL_BYTES
                ? SETTINGS_OF_SMALL
                : Map.of("spark.sql.shuffle.partitions", Long.toString(partitions));
    }

    /** The segments of one table as they are; a column that an older format lacks is null. */
    private void createTable(Recording recording, String table) {
        StructType columns = StructType.fromDDL(Recording.columnsInSql(table));
        List<Segment> segments = recording.segments(table);
        Dataset<Row> rows = segments.isEmpty()
                ? session.range(0).select(nulls(columns))
                : session.read()
                        .schema(columns)
                        // Folders named like a=b, or with a * in their names, are the user's, and mean nothing.
                        .option("recursiveFileLookup", "true")
                        .option("__globPaths__", "false")
                        .parquet(segments.stream()
                                .map(segment ->
                                        recording.fileOf(segment).toUri().toString())
                                .toArray(String[]::new));
        rows.createOrReplaceTempView("recorded_" + table);
    }

    private static Column[] nulls(StructType columns) {
        return Arrays.stream(columns.fields())
                .map(field -> functions.lit(null).cast(field.dataType()).as(field.name()))
                .toArray(Column[]::new);
    }

    private void cut(View view, Window window) {
        String condition = view.condition(window);
        if (!condition.isEmpty()) {
            session.sql("SELECT * FROM " + view.name() + condition).createOrReplaceTempView(view.name());
        }
    }

    /**
     * From here on the view is what the executors keep of it: in their memory, on their disks, made when somebody asks. To Spark's
     * planner it has no parts any more; views of views of views have so many that planning takes minutes.
     */
    private void keep(View view, List<String> columns) {
        Dataset<Row> rows = session.table(view.name())
                .select(columns.stream().map(functions::col).toArray(Column[]::new));
        // To replace the view afterwards would throw away what is kept.
        session.catalog().dropTempView(view.name());
        rows.persist(StorageLevel.MEMORY_AND_DISK());
        LogicalPlan kept = rows.queryExecution().withCachedData();
        if (view.hasFewRows()) {
            // Once they are there the planner sees how few they are, and sends them to the many in place of
            // sorting both. Asked later, it would not know it.
            rows.count();
            kept.stats();
        }
        Dataset.ofRows(session, kept).createOrReplaceTempView(view.name());
    }

    private List<String> columnsOf(View view) {
        return Arrays.asList(session.table(view.name()).columns());
    }
}
