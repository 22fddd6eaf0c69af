package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
import whisktape.recording.Recording;

/** {@code whisktape analyze}: asks a recording in SQL. */
@Command(
        name = "analyze",
        description = {
            "Asks a recording in SQL: with a query of queries/, or with one of your own.",
            "The view invocations has a row for each activation, from topic, database or both; events has every event,"
                    + " activations every record. docs/queries.md describes their columns. The column offset is written"
                    + " e.offset, with FROM events e, because offset is a word of SQL itself."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape analyze recordings/sample wait-time-by-action",
            "  whisktape analyze recordings/sample --sql 'SELECT kind, count(*) FROM invocations GROUP BY 1' --format csv",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage, wrong SQL, or SQL that does more than read,",
            "3 the recording is damaged."
        })
final class AnalyzeCommand implements Callable<Integer> {
    private static final List<Column> LIST_COLUMNS = List.of(new Column("query", false), new Column("answers", false));

    @Spec
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "REC", description = "The recording's folder.")
    private Path folder;

    @Parameters(
            index = "1..*",
            paramLabel = "QUERY",
            description = "A query's name, as --list shows them, or the path of a file of your own.")
    private List<String> queries = List.of();

    @Option(names = "--sql", paramLabel = "SQL", description = "Run this SELECT instead.")
    private String sql;

    @Option(names = "--list", description = "List the queries and what they answer; needs no recording.")
    private boolean list;

    @Option(names = "--show-sql", description = "Print what would run, and run nothing.")
    private boolean showSql;

    @Mixin
    private ResultPrinter printer;

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            printer.print(
                    LIST_COLUMNS,
                    QueryFile.list(queriesFolder()).stream()
                            .map(query -> List.<Object>of(query.name(), query.question()))
                            .iterator(),
                    out);
            return 0;
        }
        List<QueryFile> chosen = chosen();
        if (showSql) {
            chosen.forEach(query -> out.println(query.sql().strip()));
            return 0;
        }
        try (Analysis analysis = Analysis.open(Recording.open(folder))) {
            for (QueryFile query : chosen) {
                if (chosen.size() > 1) {
                    out.println((query == chosen.get(0) ? "" : "\n") + query.name() + ": " + query.question() + "\n");
                }
                run(analysis, query, out);
            }
        }
        return 0;
    }

    private List<QueryFile> chosen() {
        if (folder == null) {
            throw new ParameterException(spec.commandLine(), "name a recording; it is the folder given to record -o");
        }
        if (sql != null && !queries.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "give either QUERY or --sql, not both");
        }
        if (sql != null) {
            return List.of(new QueryFile("--sql", sql));
        }
        if (queries.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "the ranked bottleneck report comes with a later version; what works now is a QUERY, which --list"
                            + " shows, or --sql SQL");
        }
        if (queries.size() > 1 && !printer.format.isForPeople()) {
            throw new ParameterException(
                    spec.commandLine(), "--format " + printer.format + " takes one QUERY, and these are several");
        }
        return queries.stream()
                .map(query -> QueryFile.find(queriesFolder(), query))
                .toList();
    }

    private void run(Analysis analysis, QueryFile query, PrintWriter out) {
        try (Rows rows = analysis.query(query.sql())) {
            printer.print(rows.columns(), rows, out);
        }
    }

    /** In a source tree and in a release the queries are beside the launcher, which says where that is. */
    private static Path queriesFolder() {
        return Path.of(System.getProperty("whisktape.home", "."), "queries");
    }
}
