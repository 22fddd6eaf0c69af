package whisktape.it;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;
import whisktape.analysis.Window;
import whisktape.recording.Recording;

/** What Spark is asked to do beside reading, and what came of it, a line each: {@code SparkRefusals RECORDING FOLDER}. */
final class SparkRefusals {
    private static final List<String> TEXTS = List.of(
            "WITH a AS (SELECT 1 AS b) SELECT b FROM a;",
            "FROM events SELECT count(*)",
            "SELECT 1; SELECT 2",
            "INSERT OVERWRITE DIRECTORY '%s/written' USING csv SELECT 1",
            "FROM events INSERT OVERWRITE DIRECTORY '%s/written' USING csv SELECT 1",
            "CREATE TABLE written USING parquet AS SELECT 1",
            "DROP VIEW events",
            "SET spark.sql.runSQLOnFiles = true",
            "BEGIN SELECT 1; DROP VIEW events; END",
            "EXECUTE IMMEDIATE 'DROP VIEW events'",
            "SELECT * FROM (SELECT TRANSFORM (1) USING 'touch %s/written' AS a)",
            "SELECT (SELECT TRANSFORM (1) USING 'touch %s/written' AS a)",
            "SELECT java_method('java.lang.System', 'lineSeparator')",
            "SELECT IDENTIFIER('refl' || 'ect')('java.lang.System', 'lineSeparator')",
            "SELECT * FROM text.`%s/secret`",
            "SELECT 1 / (count(*) - count(*)) FROM events",
            "SELECT nothing FROM events");

    static final String EXPECTED = """
            read
            read
            REFUSED
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED a recording is only read
            REFUSED
            REFUSED
            REFUSED
            REFUSED
            REFUSED
            written: false
            """;

    private SparkRefusals() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[1]);
        Files.writeString(folder.resolve("secret"), "secret");
        List<String> texts = TEXTS.stream()
                .map(text -> text.replace("%s", folder.toString()))
                .toList();
        try (Analysis spark = Analysis.openInSpark(texts, Recording.open(Path.of(arguments[0])), Window.ALL)) {
            for (String text : texts) {
                System.out.println(outcome(spark, text));
            }
        }
        System.out.println("written: " + Files.exists(folder.resolve("written")));
        org.apache.spark.sql.SparkSession.active().stop();
    }

    private static String outcome(Analysis spark, String text) {
        try (Rows rows = spark.query(text)) {
            List<Object> found = new ArrayList<>();
            rows.forEachRemaining(found::add);
            return found.size() == 1 ? "read" : "read " + found;
        } catch (WhisktapeException e) {
            String guard = "a recording is only read";
            System.err.println(text + "\n  " + e.getMessage());
            return e.kind() + (e.getMessage().startsWith(guard) ? " " + guard : "");
        }
    }
}
