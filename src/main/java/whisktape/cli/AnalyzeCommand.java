package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.analysis.Analysis;
import whisktape.analysis.Column;
import whisktape.analysis.QueryFile;
import whisktape.analysis.Rows;
import whisktape.analysis.Runs;
import whisktape.analysis.Variable;
import whisktape.analysis.Window;
import whisktape.recording.Recording;
import whisktape.report.Gate;
import whisktape.report.HtmlPage;
import whisktape.report.Report;
import whisktape.report.Reporter;

/** {@code whisktape analyze}: says where the time went, or asks a recording in SQL. */
@Command(
        name = "analyze",
        description = {
            "Says where the time went, and what to do next: findings by the time at stake, then a section for each question.",
            "With QUERY it answers that one, with --sql one of your own. The view invocations has a row for each activation,"
                    + " from topic, database or both; events has every event, activations every record."
                    + " docs/queries.md describes their columns. The column offset is written e.offset, with FROM events e,"
                    + " because offset is a word of SQL itself."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape analyze recordings/sample",
            "  whisktape analyze recordings/sample --html report.html",
            "  whisktape analyze recordings/sample wait-time-by-action --format csv",
            "  whisktape analyze recordings/sample --sql 'SELECT kind, count(*) FROM invocations GROUP BY 1'",
            "  whisktape analyze recordings/sample --fail-if \"p99(response_ms) > 2000 where action = 'guest/hello'\"",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, wrong SQL, or SQL that does more than read,",
            "3 the recording is damaged, 10 a condition of --fail-if holds, or has no data to judge by."
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final int CROSSED = 10;

    /** Enough for every table that somebody reads; one that is longer is for --format csv of its query. */
    private static final int ROWS_PER_SECTION = 1_000;

    private static final String FIGURES_OF_RUNS = "SELECT * FROM run_figures ORDER BY recording";

    private enum Engine {
        DUCKDB,
        SPARK
    }

    private static final List<Column> LIST_COLUMNS =
            List.of(new Column("query", false), new Column("report", false), new Column("answers", false));

    @Spec
    private CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "REC",
            description = "The recording's folder, or its URI, or a folder of several recordings.")
    private Path folder;

    @Parameters(
            index = "1..*",
            paramLabel = "QUERY",
            description = "A query's name, as --list shows them, or the path of a file of your own. None: the report.")
    private List<String> queries = List.of();

    @Option(names = "--sql", paramLabel = "SQL", description = "Run this SELECT instead.")
    private String sql;

    @Option(names = "--list", description = "List the queries and what they answer; needs no recording.")
    private boolean list;

    @Option(
            names = "--findings",
            description =
                    "Print of the report only the findings, and all of them: beside sections ten of each query are shown.")
    private boolean findings;

    @Option(names = "--show-sql", description = "Print what would run, and run nothing.")
    private boolean showSql;

    @Option(
            names = "--param",
            paramLabel = "k=v",
            description = "The value of a query's variable; may be repeated. --show-sql QUERY shows which there are.")
    private Map<String, String> variables = new LinkedHashMap<>();

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Leave out what arrived before: 2026-03-14T09:15:00Z, or -10m before the recording's last time.")
    private TimeOption from;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out what arrived at this time and after it.")
    private TimeOption until;

    @Option(
            names = "--fail-if",
            paramLabel = "EXPR",
            description =
                    "Exit with 10 if this holds: p50, p99.9, min, max, mean, sum, count or share of a column, compared"
                            + " with a number; where CONDITION narrows it down. May be repeated.")
    private List<String> conditions = List.of();

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write the report as a page with charts too: one file that needs no network.")
    private Path page;

    @Option(
            names = "--engine",
            paramLabel = "ENGINE",
            description =
                    "What runs the SQL: duckdb, inside of whisktape, or spark, on the machines of a cluster; the rows are the"
                            + " same. docs/spark.md says what it needs.")
    private Optional<Engine> engine = Optional.empty();

    @Option(
            names = "--master",
            paramLabel = "URL",
            description = "Where --engine spark runs: local[4], spark://HOST:7077, yarn, k8s://…")
    private Optional<String> master = Optional.empty();

    @Option(names = "--json", description = "The same as --format json.")
    private boolean json;

    @Mixin
    private ResultPrinter printer;

    @Override
    public Integer call() {
        if (json) {
            printer.format = ResultPrinter.Format.JSON;
        }
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            printer.print(LIST_COLUMNS, listed(), out);
            return 0;
        }
        List<QueryFile> chosen = chosen();
        List<Gate> gates = conditions.stream().map(Gate::new).toList();
        requireKnown(chosen);
        if (showSql) {
            chosen.forEach(query -> out.println(query.sql(variables).strip()));
            return 0;
        }
        if (isForSpark() && !SparkSubmit.isHere()) {
            return SparkSubmit.run(
                    master, spec.root().commandLine().getParseResult().originalArgs());
        }
        Optional<Runs> runs = Runs.in(folder);
        if (runs.isPresent()) {
            return askAll(runs.get(), chosen, gates, out);
        }
        // Spark's executors read it where it is.
        Recording recording = isForSpark() ? Recording.open(folder) : LocalRecording.of(spec, Recording.open(folder));
        try (Analysis analysis = open(recording, window(recording), chosen)) {
            // Before anything is printed: a misspelt column is wrong usage.
            List<Gate.Outcome> outcomes =
                    gates.stream().map(gate -> gate.judge(analysis)).toList();
            if (isReport()) {
                report(recording, analysis, chosen, out);
            } else {
                chosen.forEach(query -> run(analysis, query, chosen, out));
            }
            return print(outcomes) ? CROSSED : 0;
        }
    }

    /** What {@code analyze REC --sql SQL} does. */
    static void ask(Path folder, String sql, PrintWriter out) {
        try (Analysis analysis = Analysis.open(Recording.open(folder));
                Rows rows = analysis.query(QueryFile.typed(sql), Map.of())) {
            new ResultPrinter().print(rows.columns(), rows, out);
        }
    }

    private static Iterator<List<Object>> listed() {
        return QueryFile.list(queriesFolder()).stream()
                .map(query -> List.<Object>of(
                        query.name(),
                        query.header().report().orElse(""),
                        query.header().answers()))
                .iterator();
    }

    private Analysis open(Recording recording, Window window, List<QueryFile> chosen) {
        if (isForSpark()) {
            List<String> questions = isReport() ? Reporter.questions(chosen, gateTexts()) : questions(chosen);
            return Analysis.openInSpark(questions, recording, window);
        }
        return isReport() ? Reporter.open(recording, window, chosen, conditions) : Analysis.open(recording, window);
    }

    /** Of a folder of recordings: their figures, the rows of queries for one after the other, or SQL over all of them. */
    private int askAll(Runs runs, List<QueryFile> chosen, List<Gate> gates, PrintWriter out) {
        if (page != null || findings) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--html and --findings are of one recording, and these are "
                            + runs.recordings().size());
        }
        List<QueryFile> asked = isReport() ? List.of(QueryFile.typed(FIGURES_OF_RUNS)) : chosen;
        for (QueryFile query : queries.isEmpty() ? List.<QueryFile>of() : asked) {
            try (Rows rows = new RunRows(
                    runs,
                    recording -> open(recording, window(recording), List.of(query)),
                    analysis -> analysis.query(query, variables))) {
                print(query, asked, rows, out);
            }
        }
        if (!queries.isEmpty() && gates.isEmpty()) {
            return 0;
        }
        List<String> questions = questions(asked);
        try (Analysis analysis = isForSpark()
                ? Analysis.openRunsInSpark(questions, runs, this::window)
                : Analysis.openRuns(questions, runs, this::window)) {
            List<Gate.Outcome> outcomes =
                    gates.stream().map(gate -> gate.judge(analysis)).toList();
            if (queries.isEmpty()) {
                run(analysis, asked.get(0), asked, out);
            }
            return print(outcomes) ? CROSSED : 0;
        }
    }

    /** What will be asked without a report, and no more: what nobody asks for need not be made. */
    private List<String> questions(List<QueryFile> asked) {
        List<String> questions = new ArrayList<>(gateTexts());
        asked.forEach(query -> questions.add(query.sql()));
        return questions;
    }

    private List<String> gateTexts() {
        return conditions.stream().map(condition -> new Gate(condition).sql()).toList();
    }

    /** Whoever was started by spark-submit is there to use it. */
    private boolean isForSpark() {
        return engine.orElse(SparkSubmit.isHere() ? Engine.SPARK : Engine.DUCKDB) == Engine.SPARK;
    }

    private boolean isReport() {
        return sql == null && queries.isEmpty();
    }

    private List<QueryFile> chosen() {
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "name a recording; it is the folder given to record -o");
        }
        if (page != null && !isReport()) {
            throw new ParameterException(
                    spec.commandLine(), "--html is of the report, which runs without QUERY and --sql");
        }
        if (sql != null && !queries.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give either QUERY or --sql, not both");
        }
        if (sql != null) {
            return List.of(QueryFile.typed(sql));
        }
        if (queries.isEmpty()) {
            return QueryFile.list(queriesFolder()).stream()
                    .filter(query -> page != null || !query.header().isForCharts())
                    .filter(query -> !findings || page != null || Reporter.isCheck(query))
                    .toList();
        }
        if (queries.size() > 1 && !printer.format.isForPeople()) {
            throw new ParameterException(
                    spec.commandLine(), "--format " + printer.format + " takes one QUERY, and these are several");
        }
        return queries.stream()
                .map(query -> QueryFile.find(queriesFolder(), query))
                .toList();
    }

    private void requireKnown(List<QueryFile> chosen) {
        for (String variable : variables.keySet()) {
            if (chosen.stream().noneMatch(query -> query.takes(variable))) {
                List<String> known = chosen.stream()
                        .flatMap(query -> query.header().variables().stream())
                        .map(Variable::name)
                        .distinct()
                        .sorted()
                        .toList();
                throw new ParameterException(
                        spec.commandLine(),
                        "--param got " + variable + ", and "
                                + (known.isEmpty()
                                        ? "there are no variables in what runs"
                                        : "the variables here are " + String.join(", ", known)));
            }
        }
    }

    private Window window(Recording recording) {
        RecordingSummary summary = new RecordingSummary(recording);
        Instant end = summary.until().orElse(recording.manifest().created());
        Window window = new Window(
                Optional.ofNullable(from).map(time -> time.resolve(end)),
                Optional.ofNullable(until).map(time -> time.resolve(end)));
        if (Stream.of(window.from(), window.until()).allMatch(Optional::isPresent)
                && !window.from().get().isBefore(window.until().get())) {
            throw new ParameterException(spec.commandLine(), "--from must be before --until, and is not");
        }
        return window;
    }

    private void report(Recording recording, Analysis analysis, List<QueryFile> chosen, PrintWriter out) {
        Report report = Reporter.report(recording, analysis, chosen, variables, ROWS_PER_SECTION);
        print(findings ? report.withoutSections() : report, out);
        if (page != null) {
            HtmlPage.write(page, report, Reporter.charts(recording, analysis, chosen, variables));
            spec.commandLine().getErr().println("The page is in " + Cells.onOneLine(page.toString()));
        }
    }

    private void print(Report report, PrintWriter out) {
        switch (printer.format) {
            case TABLE -> new ReportText(out, folder.toString()).print(report);
            case JSON -> Json.print(out, ReportJson.of(report));
            case MARKDOWN -> new ReportMarkdown(out).print(report);
            case CSV -> printer.print(FindingRows.COLUMNS, FindingRows.of(report), out);
        }
    }

    private void run(Analysis analysis, QueryFile query, List<QueryFile> chosen, PrintWriter out) {
        try (Rows rows = analysis.query(query, variables)) {
            print(query, chosen, rows, out);
        }
    }

    private void print(QueryFile query, List<QueryFile> chosen, Rows rows, PrintWriter out) {
        if (chosen.size() > 1) {
            out.println((query == chosen.get(0) ? "" : "\n") + query.name() + ": "
                    + query.header().answers() + "\n");
        }
        printer.print(rows.columns(), rows, out);
    }

    private boolean print(List<Gate.Outcome> outcomes) {
        outcomes.forEach(outcome -> spec.commandLine().getErr().println(Cells.onOneLine(outcome.words())));
        return outcomes.stream().anyMatch(Gate.Outcome::isCrossed);
    }

    /** In a source tree and in a release the queries are beside the launcher, which says where that is. */
    static Path queriesFolder() {
        return SparkSubmit.isHere()
                ? SparkSubmit.queriesInJar()
                : Path.of(System.getProperty("whisktape.home", "."), "queries");
    }
}
