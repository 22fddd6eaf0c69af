package whisktape.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;

final class QueryFileTest {
    private static final String HEADER = """
            -- Cold starts by action.
            --
            -- Report:    R02 Cold starts
            -- Answers:   how often does each
            --            action start cold?
            -- Reads:     invocations
            -- Variables: min_activations (integer, default 1): leave out
            --            rarer actions
            --            action (text, default guest/hello)
            -- Columns:   action, n (calls, all of them), cold_share
            -- Next:      keep it warm.
            """;

    @TempDir
    private Path folder;

    @Test
    void readsWhatTheHeaderSays() throws IOException {
        QueryHeader header = query(HEADER + "SELECT 1\n-- Next: not any more\n").header();

        assertThat(header.title()).isEqualTo("Cold starts by action.");
        assertThat(header.report()).isEqualTo(Optional.of("R02"));
        assertThat(header.reportTitle()).isEqualTo("Cold starts");
        assertThat(header.answers()).isEqualTo("how often does each action start cold?");
        assertThat(header.reads()).isEqualTo("invocations");
        assertThat(header.columns()).isEqualTo(List.of("action", "n", "cold_share"));
        assertThat(header.next()).isEqualTo("keep it warm.");
        assertThat(header.variables())
                .isEqualTo(List.of(
                        new Variable("min_activations", Variable.Type.INTEGER, "1", "leave out rarer actions"),
                        new Variable("action", Variable.Type.TEXT, "guest/hello", "")));
    }

    @Test
    void keepsAFieldThatItDoesNotKnowApartFromTheOneBefore() throws IOException {
        QueryHeader header = query(
                        "-- Mine.\n--\n-- Columns: action, n\n-- Author: somebody,\n--          else\nSELECT 1")
                .header();

        assertThat(header.columns()).isEqualTo(List.of("action", "n"));
    }

    @Test
    void aFileWithoutAHeaderIsAQuestionAllTheSame() throws IOException {
        QueryHeader header = query("SELECT 1").header();

        assertThat(header.report()).isEmpty();
        assertThat(header.answers()).isEmpty();
        assertThat(header.variables()).isEmpty();
    }

    @Test
    void givesVariablesTheirDefaultsOrValues() throws IOException {
        QueryFile query = query(HEADER + "SELECT :action, :min_activations + :min_activations");

        assertThat(query.sql(Map.of())).endsWith("SELECT 'guest/hello', 1 + 1");
        assertThat(query.sql(Map.of("min_activations", "-3", "action", "o'brien/:action")))
                .endsWith("SELECT 'o''brien/:action', -3 + -3");
    }

    @Test
    void leavesAloneWhatOnlyLooksLikeAVariable() throws IOException {
        String sql = """
                SELECT ':action' AS a, "it's :action" AS b, 1::action, x[1:action], 'it''s :action'
                -- :action, don't
                /* ' :action */, :other""";

        assertThat(query(HEADER + sql).sql(Map.of())).endsWith(sql);
    }

    @Test
    void refusesValuesOfAnotherType() throws IOException {
        QueryFile query = query(HEADER + "SELECT :min_activations");

        assertThatThrownBy(() -> query.sql(Map.of("min_activations", "1; SELECT 2")))
                .isInstanceOf(WhisktapeException.class)
                .hasMessage("variable min_activations is '1; SELECT 2', and it takes an integer");
    }

    @Test
    void refusesAHeaderWhoseVariablesNobodyUnderstands() {
        assertThatThrownBy(() -> query("-- Variables: limit, an integer\nSELECT 1"))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageStartingWith("query mine declares a variable as 'limit, an integer'");
    }

    private QueryFile query(String sql) throws IOException {
        return QueryFile.find(
                folder, Files.writeString(folder.resolve("mine.sql"), sql).toString());
    }
}
