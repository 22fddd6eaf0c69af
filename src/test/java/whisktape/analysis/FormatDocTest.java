package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.DocumentFixtures;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** Reads the sample as somebody would who has {@code docs/format.md} and DuckDB, and nothing of whisktape. */
final class FormatDocTest {
    private static final Path SAMPLE = Path.of("recordings/sample");
    private static final Pattern SQL_BLOCK = Pattern.compile("(?s)```sql\n(.*?)```");
    private static final Pattern COLUMN_ROW = Pattern.compile("(?m)^\\| `(\\w+)` \\| ([^|]+) \\|");
    private static final Pattern MANIFEST_ROW = Pattern.compile("(?m)^\\| ((?:`\\w+`(?:, )?)+) \\|");

    @TempDir
    private Path temp;

    private String page;
    private Connection duckdb;

    @BeforeEach
    void open() throws IOException, SQLException {
        page = Files.readString(Path.of("docs/format.md"));
        duckdb = DriverManager.getConnection("jdbc:duckdb:");
    }

    @AfterEach
    void close() throws SQLException {
        duckdb.close();
    }

    @Test
    void theSqlOfThePageRunsAndAgreesWithWhisktape() throws SQLException {
        List<String> blocks =
                SQL_BLOCK.matcher(page).results().map(block -> block.group(1)).toList();

        assertThat(blocks).isNotEmpty();
        for (String sql : blocks) {
            List<List<Object>> ours = new ArrayList<>();
            try (Analysis analysis = Analysis.open(Recording.open(SAMPLE));
                    Rows rows = analysis.query(
                            sql.replaceAll("read_parquet\\('recordings/sample/events/\\*\\.parquet'\\)", "events"))) {
                rows.forEachRemaining(ours::add);
            }
            assertThat(query(sql)).isNotEmpty().isEqualTo(ours);
        }
    }

    @Test
    void theColumnsAreThoseOfThePage() throws SQLException {
        assertThat(columns(SAMPLE + "/events/*.parquet")).isEqualTo(documentedColumns("## Columns of `events`"));
    }

    @Test
    void theColumnsOfActivationsAreThoseOfThePage() throws SQLException {
        Path segment = temp.resolve("empty.parquet");
        Recording.writeEmptySegment(segment, Segment.ACTIVATIONS);

        assertThat(columns(segment.toString())).isEqualTo(documentedColumns("## Columns of `activations`"));
    }

    @Test
    void theVerbatimColumnsHoldTheMessages() throws Exception {
        List<List<Object>> messages = new ArrayList<>();
        Recording recording = Recording.open(SAMPLE);
        for (Segment segment : recording.segments(Segment.EVENTS)) {
            try (MessageReader reader = recording.messagesOf(segment)) {
                reader.forEachRemaining(recorded -> {
                    Message message = recorded.message();
                    messages.add(List.of(
                            (long) message.incarnation(),
                            (long) message.partition(),
                            message.offset(),
                            message.timestampMs(),
                            new String(message.value(), StandardCharsets.UTF_8)));
                });
            }
        }

        Matcher view = Pattern.compile("VIEW message_texts AS\n([^;]+);")
                .matcher(Files.readString(Path.of("queries/views.sql")));
        assertThat(view.find()).isTrue();
        String texts = view.group(1).replace("FROM events", "FROM read_parquet('" + SAMPLE + "/events/*.parquet')");
        assertThat(query("SELECT incarnation, partition, m.offset, kafka_timestamp_ms, text FROM (" + texts + ") m"
                        + " WHERE value IS NULL ORDER BY 1, 2, 3"))
                .hasSizeGreaterThan(1000)
                .isEqualTo(messages);
    }

    @Test
    void theManifestHasTheFieldsOfThePage() throws SQLException {
        List<String> documented = MANIFEST_ROW
                .matcher(section("## The manifest"))
                .results()
                .map(row -> row.group(1))
                .flatMap(names ->
                        Pattern.compile("\\w+").matcher(names).results().map(MatchResult::group))
                .toList();

        Set<String> written = new TreeSet<>();
        for (Path folder : List.of(SAMPLE, recordingOfBothTables())) {
            query("SELECT column_name FROM (DESCRIBE FROM read_json('" + folder + "/recording.json'))")
                    .forEach(row -> written.add((String) row.get(0)));
        }
        assertThat(documented).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void theSegmentsHaveTheFieldsOfThePage() throws SQLException {
        String fields = section("## The manifest")
                .lines()
                .filter(line -> line.startsWith("| `segments` |"))
                .findFirst()
                .orElseThrow();

        assertThat(query("SELECT unnest(json_keys(to_json(s))) FROM (SELECT unnest(segments) AS s FROM read_json('"
                        + recordingOfBothTables() + "/recording.json'))"))
                .hasSizeGreaterThan(18)
                .allSatisfy(key -> assertThat(fields).contains("`" + key.get(0) + "`"));
    }

    @Test
    void theManifestLeadsToTheSegments() throws SQLException {
        List<List<Object>> counted = query("""
                SELECT s.file, s.rows, s.from_offset, s.next_offset, (
                  SELECT count(*) FROM (
                    SELECT filename, e.offset AS place FROM read_parquet('%1$s/events/*.parquet', filename = true) e
                    UNION ALL
                    SELECT filename, change_number FROM read_parquet('%1$s/activations/*.parquet', filename = true)
                  ) r
                  WHERE r.filename = '%1$s/' || s.file AND r.place >= s.from_offset AND r.place < s.next_offset
                ) AS found
                FROM (SELECT unnest(segments) AS s FROM read_json('%1$s/recording.json'))""".formatted(SAMPLE));

        assertThat(counted)
                .isNotEmpty()
                .allSatisfy(segment -> assertThat(segment.get(4)).isEqualTo(segment.get(1)));
    }

    @Test
    void theFootersHoldWhatAManifestIsRebuiltFrom() throws SQLException {
        assertThat(query("SELECT DISTINCT decode(key) FROM parquet_kv_metadata('" + SAMPLE
                        + "/events/*.parquet') WHERE starts_with(decode(key), 'whisktape.') ORDER BY 1"))
                .isEqualTo(List.of(List.of("whisktape.recording"), List.of("whisktape.segment")))
                .allSatisfy(key -> assertThat(page).contains("`" + key.get(0) + "`"));
    }

    private String section(String heading) {
        String from = page.substring(page.indexOf(heading + "\n"));
        int end = from.indexOf("\n## ");
        return end < 0 ? from : from.substring(0, end);
    }

    private Path recordingOfBothTables() {
        Recording events = Fixtures.recording(temp.resolve("r"), List.of(Fixtures.message(0, 0, 0, "x")));
        return DocumentFixtures.recordingWith(events, DocumentFixtures.documents(0, 1))
                .folder();
    }

    private List<List<Object>> columns(String file) throws SQLException {
        return query("SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('" + file + "'))");
    }

    private List<List<Object>> documentedColumns(String heading) {
        return COLUMN_ROW
                .matcher(section(heading))
                .results()
                .map(row -> List.<Object>of(row.group(1), sqlType(row.group(2))))
                .toList();
    }

    private static String sqlType(String documented) {
        String type = documented.replace(", null", "").strip();
        return switch (type) {
            case "INT32" -> "INTEGER";
            case "INT64" -> "BIGINT";
            case "text" -> "VARCHAR";
            case "bytes" -> "BLOB";
            case "BOOLEAN" -> "BOOLEAN";
            case "list of (`key` text, `value` bytes or null)" -> "STRUCT(\"key\" VARCHAR, \"value\" BLOB)[]";
            case "list of text" -> "VARCHAR[]";
            case "list of (`rule` text, `action` text, `activation_id` text, `status_code` INT64, `success` BOOLEAN, `error` text)" ->
                "STRUCT(\"rule\" VARCHAR, \"action\" VARCHAR, activation_id VARCHAR, status_code BIGINT, success BOOLEAN,"
                        + " \"error\" VARCHAR)[]";
            default -> throw new IllegalArgumentException("docs/format.md has a type that nobody knows: " + type);
        };
    }

    private List<List<Object>> query(String sql) throws SQLException {
        try (Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            SqlValues values = new SqlValues(result.getMetaData());
            List<List<Object>> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(values.row(result));
            }
            return rows;
        }
    }
}
