package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

final class AnalysisTest {
    private static final long START_MS =
            Instant.parse("2026-03-14T09:15:00.113Z").toEpochMilli();

    @TempDir
    Path folder;

    @Test
    void readsWhatWasRecorded() {
        Recording recording = recording("rec", 3);

        assertThat(rows(recording, "SELECT e.offset, e.value, e.recorded_at_ms, e.key FROM events e ORDER BY 1"))
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        Arrays.asList(0L, bytes("v0"), START_MS + 5, null),
                        Arrays.asList(1L, bytes("v1"), START_MS + 6, null),
                        Arrays.asList(2L, bytes("v2"), START_MS + 7, null));
    }

    @Test
    void showsTimesAsTimestamps() {
        Recording recording = recording("rec", 1);

        assertThat(rows(recording, "SELECT kafka_timestamp, recorded_at, event_time FROM events"))
                .containsExactly(Arrays.asList(
                        Instant.parse("2026-03-14T09:15:00.113Z"), Instant.parse("2026-03-14T09:15:00.118Z"), null));
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MIN_VALUE, -62135596800001L, 253402300800000L})
    void anAbsurdTimeIsNoTimestampAndFailsNoQuery(long absurdMs) {
        Event event = new Event(
                Fixtures.message(0, 0, START_MS, "x"),
                new Event.Envelope(null, null, null, null, null, absurdMs),
                new EventBody.Unreadable("test"),
                null,
                null);
        Recording recording = Fixtures.recordingOf(folder.resolve("rec"), List.of(event));

        assertThat(rows(recording, "SELECT event_time, event_time_ms FROM events"))
                .containsExactly(Arrays.asList(null, absurdMs));
        assertThat(rows(recording, "SELECT count(*) FROM events WHERE event_time > TIMESTAMP '2026-01-01 00:00:00'"))
                .containsExactly(List.of(0L));
    }

    @Test
    void aRecordingWithoutSegmentsIsAnEmptyTableWithTheSameColumns() {
        Recording empty = Fixtures.recording(folder.resolve("empty"), List.of());
        Recording full = recording("full", 1);

        assertThat(rows(empty, "SELECT * FROM events")).isEmpty();
        assertThat(rows(empty, "DESCRIBE events")).isEqualTo(rows(full, "DESCRIBE events"));
    }

    @Test
    void takesFoldersWhoseNamesMeanSomethingToSql() {
        Recording recording = recording("o'k=v [1] *?", 2);
        recording("o'k=v [1] xx", 2);

        assertThat(rows(recording, "SELECT count(*) FROM events")).containsExactly(List.of(2L));
        assertThat(columns(recording, "SELECT * FROM recorded_events")).doesNotContain("o'k");
    }

    @Test
    void readsOnlyTheSegmentsThatTheManifestNames() throws IOException {
        Recording recording = recording("rec", 2);
        Files.copy(
                recording.fileOf(recording.segments().get(0)),
                recording.folder().resolve("events/other.parquet"));
        Files.copy(
                recording.fileOf(recording.segments().get(0)),
                recording.folder().resolve("events/x.parquet.open"));

        assertThat(rows(recording, "SELECT count(*) FROM events")).containsExactly(List.of(2L));
    }

    @Test
    void countsTimeInUtc() {
        Recording recording = recording("rec", 1);

        assertThat(rows(
                        recording,
                        "SELECT date_trunc('day', kafka_timestamp), date_part('hour', kafka_timestamp)"
                                + " FROM events"))
                .containsExactly(List.of(Instant.parse("2026-03-14T00:00:00Z"), 9L));
    }

    @Test
    void givesPlainValues() {
        Recording recording = recording("rec", 1);

        assertThat(rows(
                        recording,
                        "SELECT 1::TINYINT, 1.5::FLOAT, 0.1::DOUBLE, 1.50::DECIMAL(10,2), 2::HUGEINT, true,"
                                + " TIMESTAMP '2026-01-01 10:00:00.5', DATE '2026-01-01', [1, NULL], {'a': {'b': 'c'}},"
                                + " MAP {'k': 1}, NULL"))
                .containsExactly(Arrays.asList(
                        1L,
                        1.5,
                        0.1,
                        new BigDecimal("1.50"),
                        BigInteger.TWO,
                        true,
                        Instant.parse("2026-01-01T10:00:00.500Z"),
                        "2026-01-01",
                        Arrays.asList(1L, null),
                        Map.of("a", Map.of("b", "c")),
                        Map.of("k", 1L),
                        null));
    }

    @Test
    void knowsWhichColumnsAreNumbers() {
        try (Analysis analysis = Analysis.open(recording("rec", 1));
                Rows rows =
                        analysis.query("SELECT 1 AS a, 1.5 AS b, 'x' AS c, [1.5] AS d, count(*) AS e FROM events")) {
            assertThat(rows.columns())
                    .containsExactly(
                            new Column("a", true),
                            new Column("b", true),
                            new Column("c", false),
                            new Column("d", false),
                            new Column("e", true));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT * FROM read_text('%s')",
                "SELECT * FROM read_csv('%s')",
                "SELECT * FROM read_text('%s/../secret')",
                "SELECT * FROM read_blob('https://example.org/')",
                "SELECT * FROM glob('/*')",
                "SELECT * FROM read_text('/etc/passwd')",
                "SELECT * FROM '/etc/passwd'",
                "SELECT * FROM read_csv('/etc/pass*')",
                "SELECT * FROM read_json('%s')",
                "SELECT * FROM read_parquet('%s/../rec/events/*.parquet')",
                "SELECT * FROM read_parquet('s3://bucket/x.parquet')",
                "SELECT * FROM parquet_schema('%s')",
                "SELECT * FROM sniff_csv('%s')",
                "SELECT * FROM query('SELECT * FROM read_text(''/etc/passwd'')')",
                "SELECT (SELECT content FROM read_text('/etc/passwd'))",
                "WITH x AS MATERIALIZED (FROM read_text('/etc/passwd')) FROM x",
                "SELECT getenv('HOME')",
                "SELECT * FROM which_secret('s3://x', 's3')",
                "CREATE SECRET (TYPE s3)",
                "IMPORT DATABASE '%s'",
                "COPY events FROM '%s'",
                "LOAD '%s.duckdb_extension'",
                "INSTALL httpfs FROM 'http://localhost:1'",
                "FORCE INSTALL httpfs",
                "UPDATE EXTENSIONS",
                "SET VARIABLE x = 1",
                "SET GLOBAL enable_external_access = true",
                "PRAGMA enable_external_access = true",
                "USE memory",
                "DETACH memory",
                "CHECKPOINT",
                "VACUUM",
                "ATTACH '%s.db'",
                "ATTACH ':memory:' AS other",
                "COPY (SELECT 1) TO '%s.csv'",
                "WITH x AS (COPY (SELECT 1) TO '%s.csv') SELECT 1",
                "SELECT * FROM json_execute_serialized_sql(json_serialize_sql('SELECT 1'))",
                "INSTALL httpfs",
                "LOAD httpfs",
                "SET memory_limit = '1GB'",
                "SET lock_configuration = false",
                "RESET enable_external_access",
                "SELECT * FROM enable_logging('QueryLog')",
                "EXPORT DATABASE '%s-export'",
                "CREATE TABLE t AS SELECT 1",
                "DROP VIEW events",
                "PRAGMA version",
                "CALL pragma_version()",
                "EXPLAIN ANALYZE COPY (SELECT 1) TO '%s.csv'",
                "SELECT 1; SELECT 2",
            })
    void refusesWhatIsNotReadingThisRecording(String sql) throws IOException {
        Path secret = Files.writeString(folder.resolve("secret"), "x\n1\n");
        Recording recording = recording("rec", 1);

        assertThatThrownBy(() -> rows(recording, sql.formatted(secret)))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.REFUSED));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("secret", "rec");
        }
    }

    @Test
    void theEngineIsLockedWhateverPasses() {
        assertThat(rows(
                        recording("rec", 1),
                        "SELECT name, value FROM duckdb_settings() WHERE name IN ('enable_external_access',"
                                + " 'autoinstall_known_extensions', 'autoload_known_extensions', 'allow_community_extensions',"
                                + " 'allow_unsigned_extensions', 'lock_configuration') ORDER BY name"))
                .containsExactly(
                        List.of("allow_community_extensions", "false"),
                        List.of("allow_unsigned_extensions", "false"),
                        List.of("autoinstall_known_extensions", "false"),
                        List.of("autoload_known_extensions", "false"),
                        List.of("enable_external_access", "false"),
                        List.of("lock_configuration", "true"));
    }

    @Test
    void sealedSegmentsCannotBeWritten() throws Exception {
        Recording recording = recording("rec", 1);
        Path segment = recording.fileOf(recording.segments().get(0));
        byte[] before = Files.readAllBytes(segment);
        try (Analysis analysis = Analysis.open(recording)) {
            Path path = pathInSql(analysis);
            for (String sql : List.of(
                    "COPY (SELECT 1) TO '%s' (FORMAT parquet, USE_TMP_FILE false)",
                    "WITH x AS (COPY (SELECT 1) TO '%s' (FORMAT parquet, USE_TMP_FILE false)) SELECT 1",
                    "SELECT * FROM (WITH x AS (COPY (SELECT 1) TO '%s') SELECT 1)",
                    "SELECT * FROM query('WITH x AS (COPY (SELECT 1) TO ''%s'') SELECT 1')")) {
                assertThatThrownBy(() -> analysis.query(sql.formatted(path)).next())
                        .isInstanceOf(WhisktapeException.class);
            }
        }
        assertThat(Files.readAllBytes(segment)).isEqualTo(before);
    }

    @Test
    void wrongSqlIsRefusedInTheWordsOfTheEngine() {
        Recording recording = recording("rec", 1);

        assertThatThrownBy(() -> rows(recording, "SELECT actoin\nFROM events"))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("cannot run the query: Binder Error: Referenced column \"actoin\" not found")
                .hasMessageContaining("LINE 1: SELECT actoin")
                .hasMessageNotContaining("\n\n");
    }

    @Test
    void ofTooManyValuesItSaysWhatNeedsLessMemory() {
        Recording recording = recording("rec", 1);

        assertThatThrownBy(() -> rows(recording, "SELECT len(list(i)) FROM range(1000000000) AS many(i)"))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("cannot run the query: it needs more memory than the ")
                .hasMessageContaining("approx_count_distinct")
                .hasMessageNotContaining("memory_limit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT offset FROM events", "SELECT * FROM events WHERE offset = 1"})
    void sayHowOffsetIsWritten(String sql) {
        Recording recording = recording("rec", 1);

        assertThatThrownBy(() -> rows(recording, sql))
                .hasMessageEndingWith(
                        "\noffset is a word of SQL itself: write e.offset, with events named e as in FROM events e");
    }

    @Test
    void saysNothingOfOffsetWhereThatIsNotTheMistake() {
        Recording recording = recording("rec", 1);

        assertThatThrownBy(() -> rows(recording, "SELECT e.offset FORM events e LIMIT 1 OFFSET 2"))
                .hasMessageNotContaining("is a word of SQL itself");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT error('no ' || 'good') FROM events",
                "SELECT CASE WHEN e.offset = 299999 THEN error('no good') END FROM events e"
            })
    void aFailureWhileRowsComeSaysItsReason(String sql) {
        Recording recording = recording("rec", 300_000);

        assertThatThrownBy(() -> rows(recording, sql))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("no good");
    }

    @Test
    void namesASegmentThatIsMissing() throws IOException {
        Recording recording = recording("rec", 1);
        Path segment = recording.fileOf(recording.segments().get(0)).toRealPath();
        Files.delete(segment);

        assertThatThrownBy(() -> rows(recording, "SELECT count(*) FROM events"))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageContaining(segment.toString())
                .hasMessageEndingWith("; whisktape verify says what is left of it");
    }

    @Test
    void namesASegmentThatIsCutShort() throws IOException {
        Recording recording = recording("rec", 10);
        Path segment = recording.fileOf(recording.segments().get(0));
        byte[] bytes = Files.readAllBytes(segment);
        Files.write(segment, Arrays.copyOf(bytes, bytes.length - 10));

        assertThatThrownBy(() -> rows(recording, "SELECT count(*) FROM events"))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageContaining(segment.getFileName().toString());
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 300, -2_000})
    void aSegmentThatIsDamagedWithinIsDamage(int from) throws IOException {
        Recording recording = recording("rec", 10_000);
        Path segment = recording.fileOf(recording.segments().get(0));
        byte[] bytes = Files.readAllBytes(segment);
        int start = Math.floorMod(from, bytes.length);
        Arrays.fill(bytes, start, start + 500, (byte) 7);
        Files.write(segment, bytes);

        assertThatThrownBy(() -> rows(recording, "SELECT * FROM events"))
                .hasMessageMatching("cannot read the (recording|segment) " + recording.folder() + ".*")
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED));
    }

    /** Whoever made the recording can make the checksums too. */
    @Test
    void aSegmentOfOtherTypesIsDamage() throws IOException {
        Recording recording = recording("rec", 1);
        Path segment = recording.fileOf(recording.segments().get(0));
        Path other = folder.resolve("other.parquet");
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            for (String column :
                    List.of("'x' AS incarnation", "1 AS incarnation, 1::BIGINT AS partition", "[1] AS value")) {
                Files.deleteIfExists(other);
                statement.execute("COPY (SELECT " + column + ") TO '" + other + "' (FORMAT parquet)");
                Files.copy(other, segment, StandardCopyOption.REPLACE_EXISTING);

                assertThatThrownBy(() -> rows(recording, "SELECT count(*) FROM events"))
                        .isInstanceOfSatisfying(
                                WhisktapeException.class,
                                e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                        .hasMessageStartingWith("cannot read the segment " + segment + ": it");
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void leavesNothingInTheTempFolder() throws IOException {
        Path work;
        try (Analysis analysis = Analysis.open(recording("rec", 1))) {
            work = pathInSql(analysis).getParent().getParent().getParent();
            assertThat(work).isDirectory();
        }

        assertThat(work).doesNotExist();
    }

    @Test
    void findsTheOffsetsOfACondition() {
        try (Analysis analysis = Analysis.open(recording("rec", 100))) {
            OffsetSet offsets = analysis.offsetsWhere("e.offset % 10 = 3 -- every tenth");

            assertThat(offsets.size()).isEqualTo(10);
            assertThat(offsets.contains(1, 0, 13)).isTrue();
            assertThat(offsets.contains(1, 0, 14)).isFalse();
            assertThat(offsets.contains(2, 0, 13)).isFalse();
            assertThat(offsets.contains(1, 1, 13)).isFalse();
        }
    }

    @Test
    void aConditionThatIsUnknownSelectsNothing() {
        try (Analysis analysis = Analysis.open(recording("rec", 3))) {
            assertThat(analysis.offsetsWhere("action = 'x'").size()).isZero();
        }
    }

    private Recording recording(String name, int events) {
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            messages.add(Fixtures.message(0, i, START_MS + i, "v" + i));
        }
        return Fixtures.recording(folder.resolve(name), messages);
    }

    private static List<List<Object>> rows(Recording recording, String sql) {
        try (Analysis analysis = Analysis.open(recording);
                Rows rows = analysis.query(sql)) {
            List<List<Object>> all = new ArrayList<>();
            rows.forEachRemaining(all::add);
            return all;
        }
    }

    private static List<String> columns(Recording recording, String sql) {
        try (Analysis analysis = Analysis.open(recording);
                Rows rows = analysis.query(sql)) {
            return rows.columns().stream().map(Column::name).toList();
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Where SQL would find the first segment. */
    private static Path pathInSql(Analysis analysis) {
        try (Rows rows = analysis.query("SELECT regexp_extract(sql, '/[^'']*parquet') FROM duckdb_views()"
                + " WHERE view_name = 'recorded_events'")) {
            return Path.of((String) rows.next().get(0));
        }
    }
}
