package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.DocumentFixtures.DATABASE;
import static whisktape.DocumentFixtures.SERVER;
import static whisktape.DocumentFixtures.START;
import static whisktape.DocumentFixtures.document;
import static whisktape.DocumentFixtures.id;
import static whisktape.DocumentFixtures.record;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.DocumentBody.TriggerResult;

/** The table {@code activations} as DuckDB reads it. */
class ActivationColumnsTest {
    private static final TriggerResult ACCEPTED = new TriggerResult("guest/r1", "guest/hello", id(7), 0L, true, null);
    private static final TriggerResult REFUSED =
            new TriggerResult("guest/r2", "guest/hello", null, 1L, false, "it's full");
    private static final TriggerResult EMPTY = new TriggerResult(null, null, null, null, null, null);

    @TempDir
    Path temp;

    @Test
    void everyFieldOfARecordIsInItsColumn() throws SQLException {
        write(document(1));

        assertThat(query("SELECT * EXCLUDE (component_ids, trigger_results) FROM activations"))
                .containsExactly("[1, 1, 1-g1AAAA, 1700000000001, guest/" + id(1) + ", 1-" + id(1)
                        + ", false, {\"n\":1}, "
                        + "activation, " + id(1) + ", guest, hello, guest/utils/hello, 0.0.7, guest-user, activation, "
                        + "1001, 2001, 900, 2101, 37, 289, nodejs:20, 60000, 256, 10, 1, null, false, sequence, "
                        + id(2) + ", null, true, guest/bound, 0, 118, null, false, 3, null, null]");
    }

    @Test
    void whatIsNoRecordHasItsTypeOrReasonAndNothingElse() throws SQLException {
        write(
                document(1, 1, "{}", new DocumentBody.Design()),
                document(1, 2, "{}", new DocumentBody.Tombstone()),
                document(1, 3, "{}", new DocumentBody.Unreadable("no activationId")));

        assertThat(query(
                        "SELECT change_number, document_type, unreadable_reason, activation_id, trigger_results, publish"
                                + " FROM activations ORDER BY 1"))
                .containsExactly(
                        "[1, design, null, null, null, null]",
                        "[2, tombstone, null, null, null, null]",
                        "[3, null, no activationId, null, null, null]");
    }

    @Test
    void listsComeBackAsTheyWere() throws SQLException {
        write(
                activation(1, List.of(id(2), id(3), id(2)), List.of()),
                activation(2, List.of(), List.of(ACCEPTED, REFUSED)),
                activation(3, List.of(), List.of()),
                activation(4, List.of(id(9)), List.of(EMPTY)));

        assertThat(listsByDuckDb()).containsExactlyElementsOf(lists());
    }

    @Test
    void listsComeBackAsTheyWereAlsoFromAMergedSegmentOfSeveralRowGroups() throws SQLException {
        SealLimits small = new SealLimits(SealLimits.DEFAULT.age(), SealLimits.DEFAULT.sizeBytes(), 1);
        try (RecordingWriter writer =
                RecordingWriter.create(temp.resolve("r"), Map.of(), null, small, InstantSource.system())) {
            writer.begin(SERVER, DATABASE, START);
            writer.write(
                    List.of(
                            activation(1, List.of(id(2), id(3), id(2)), List.of()),
                            activation(2, List.of(), List.of(ACCEPTED, REFUSED))),
                    Optional.of("2-x"));
            writer.sealAll();
            writer.write(
                    List.of(activation(3, List.of(), List.of()), activation(4, List.of(id(9)), List.of(EMPTY))),
                    Optional.of("4-x"));
            writer.finish();
            assertThat(writer.manifest().segments()).hasSize(1);
        }

        assertThat(listsByDuckDb()).containsExactlyElementsOf(lists());
    }

    @Test
    void statisticsTellNothingOfADocument() throws SQLException {
        write(document(1, 1, "{\"secret\":1}"));

        assertThat(query("SELECT path_in_schema, stats_min_value, stats_max_value FROM parquet_metadata('" + file()
                        + "') WHERE path_in_schema IN ('document', 'update_seq', 'name') ORDER BY 1"))
                .containsExactly("[document, null, null]", "[name, hello, hello]", "[update_seq, null, null]");
    }

    @Test
    void aSegmentWithoutRowsHasTheColumns() throws SQLException {
        Path empty = temp.resolve("empty.parquet");
        Recording.writeEmptySegment(empty, Segment.ACTIVATIONS);
        write(document(1));

        String describe = "SELECT column_name, column_type FROM (DESCRIBE FROM read_parquet('%s'))";
        assertThat(query(describe.formatted(empty)))
                .hasSize(43)
                .contains("[trigger_results, STRUCT(\"rule\" VARCHAR, \"action\" VARCHAR, activation_id VARCHAR,"
                        + " status_code BIGINT, success BOOLEAN, \"error\" VARCHAR)[]]")
                .isEqualTo(query(describe.formatted(file())));
        assertThat(query("SELECT count(*) FROM read_parquet('" + empty + "')")).containsExactly("[0]");
    }

    private static List<String> lists() {
        return List.of(
                "[1, [" + id(2) + ", " + id(3) + ", " + id(2) + "], null]",
                "[2, null, [{'rule': guest/r1, 'action': guest/hello, 'activation_id': " + id(7)
                        + ", 'status_code': 0, 'success': true, 'error': NULL}, "
                        + "{'rule': guest/r2, 'action': guest/hello, 'activation_id': NULL, 'status_code': 1,"
                        + " 'success': false, 'error': 'it\\'s full'}]]",
                "[3, null, null]",
                "[4, [" + id(9) + "], [{'rule': NULL, 'action': NULL, 'activation_id': NULL, 'status_code': NULL,"
                        + " 'success': NULL, 'error': NULL}]]");
    }

    private List<String> listsByDuckDb() throws SQLException {
        return query(
                "SELECT change_number, component_ids::VARCHAR, trigger_results::VARCHAR FROM activations ORDER BY 1");
    }

    private static Document activation(long number, List<String> componentIds, List<TriggerResult> results) {
        return document(1, number, "{}", record(number, componentIds, results));
    }

    private void write(Document... documents) {
        try (RecordingWriter writer =
                RecordingWriter.create(temp.resolve("r"), Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(SERVER, DATABASE, START);
            writer.write(List.of(documents), Optional.of("x"));
            writer.finish();
        }
    }

    private Path file() {
        Recording recording = Recording.open(temp.resolve("r"));
        return recording.fileOf(recording.segments().get(0));
    }

    private List<String> query(String sql) throws SQLException {
        try (Connection duckdb = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = duckdb.createStatement();
                ResultSet result = statement.executeQuery(
                        sql.replace(" activations", " read_parquet('" + temp + "/r/activations/*.parquet')"))) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<Object> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(result.getObject(i));
                }
                rows.add(row.toString());
            }
            return rows;
        }
    }
}
