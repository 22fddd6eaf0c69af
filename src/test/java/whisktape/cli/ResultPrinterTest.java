package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import whisktape.analysis.Column;
import whisktape.cli.ResultPrinter.Format;

final class ResultPrinterTest {
    private static final List<Column> COLUMNS =
            List.of(new Column("action", false), new Column("wait_ms", true), new Column("note", false));

    private static final List<List<Object>> ROWS = List.of(
            List.of("guest/a", 7L, "plain"),
            Arrays.asList("guest/long-name", 12_345L, null),
            Arrays.asList(null, null, "a,\"b\"|<c>\nd\u001b[31m\u202e"),
            List.of("", -1L, ""));

    @Test
    void printsATableWithNumbersToTheRight() {
        assertThat(print(Format.TABLE, COLUMNS, ROWS))
                .isEqualTo("""
                action           wait_ms  note
                ---------------  -------  ---------------------------------
                guest/a                7  plain
                guest/long-name    12345  NULL
                NULL                NULL  a,"b"|<c>\\nd\\u001b[31m\\u202e
                                      -1 \s
                """.replace("---------------------------------", "-".repeat(28)));
    }

    @Test
    void printsCsv() {
        assertThat(print(Format.CSV, COLUMNS, ROWS))
                .isEqualTo("action,wait_ms,note\n"
                        + "guest/a,7,plain\n"
                        + "guest/long-name,12345,\n"
                        + ",,\"a,\"\"b\"\"|<c>\nd\u001b[31m\u202e\"\n"
                        + "\"\",-1,\"\"\n");
    }

    @Test
    void printsJson() {
        assertThat(print(Format.JSON, COLUMNS, ROWS)).isEqualTo("""
                        [
                        {"action":"guest/a","wait_ms":7,"note":"plain"},
                        {"action":"guest/long-name","wait_ms":12345,"note":null},
                        {"action":null,"wait_ms":null,"note":"a,\\"b\\"|<c>\\nd\\u001B[31m\u202e"},
                        {"action":"","wait_ms":-1,"note":""}
                        ]
                        """);
    }

    @Test
    void printsMarkdown() {
        assertThat(print(Format.MARKDOWN, COLUMNS, ROWS)).isEqualTo("""
                        | action | wait_ms | note |
                        | --- | ---: | --- |
                        | guest/a | 7 | plain |
                        | guest/long-name | 12345 | NULL |
                        | NULL | NULL | a,"b"\\|&lt;c>\\\\nd\\\\u001b\\[31m\\\\u202e |
                        |  | -1 |  |
                        """);
    }

    @Test
    void printsEachKindOfValue() {
        assertThat(cell(1.5)).isEqualTo("1.5");
        assertThat(cell(1e10)).isEqualTo("10000000000");
        assertThat(cell(0.00012)).isEqualTo("0.00012");
        assertThat(cell(1e-9)).isEqualTo("1.0E-9");
        assertThat(cell(Double.NaN)).isEqualTo("NaN");
        assertThat(cell(new BigDecimal("1E+3"))).isEqualTo("1000");
        assertThat(cell(BigInteger.TWO.pow(70))).isEqualTo("1180591620717411303424");
        assertThat(cell(true)).isEqualTo("true");
        assertThat(cell(Instant.parse("2026-03-14T09:15:00.113456Z"))).isEqualTo("2026-03-14T09:15:00.113Z");
        assertThat(cell("{\"a\":1}".getBytes(StandardCharsets.UTF_8))).isEqualTo("{\"a\":1}");
        assertThat(cell(new byte[] {(byte) 0xff, 0, 'a'})).isEqualTo("\\xff0061");
        assertThat(cell(List.of(Map.of("key", new byte[] {(byte) 104})))).isEqualTo("[{\"key\":\"h\"}]");
        assertThat(cell(Arrays.asList(1L, null, Instant.EPOCH))).isEqualTo("[1,null,\"1970-01-01T00:00:00.000Z\"]");
    }

    @Test
    void jsonHasRealNumbersAndNestedValues() {
        List<Column> columns =
                List.of(new Column("a", true), new Column("a", true), new Column("b", false), new Column("c", false));

        assertThat(print(
                        Format.JSON,
                        columns,
                        List.of(List.of(1.5, new BigDecimal("1E+3"), List.of(1L, "x"), Map.of("k", true)))))
                .isEqualTo("[\n{\"a\":1.5,\"a_1\":1000,\"b\":[1,\"x\"],\"c\":{\"k\":true}}\n]\n");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void printsTheColumnsWhereThereAreNoRows(Format format) {
        assertThat(print(format, COLUMNS, List.of()).lines().toList())
                .isEqualTo(
                        switch (format) {
                            case TABLE -> List.of("action  wait_ms  note", "------  -------  ----");
                            case CSV -> List.of("action,wait_ms,note");
                            case JSON -> List.of("[]");
                            case MARKDOWN -> List.of("| action | wait_ms | note |", "| --- | ---: | --- |");
                        });
    }

    @Test
    void aLongValueIsWholeAndMakesNoOtherRowWide() {
        String longValue = "x".repeat(5000);
        List<Column> columns = List.of(new Column("a", false), new Column("b", false));

        List<String> lines = print(Format.TABLE, columns, List.of(List.of("s", "t"), List.of(longValue, "t")))
                .lines()
                .toList();

        assertThat(lines.get(2)).isEqualTo("s" + " ".repeat(59) + "  t");
        assertThat(lines.get(3)).isEqualTo(longValue + "  t");
    }

    @Test
    void rowsAfterTheMeasuredOnesKeepTheWidths() {
        List<Column> columns = List.of(new Column("n", true), new Column("t", false));
        Iterator<List<Object>> rows = Stream.<List<Object>>iterate(List.of(1000L, "x"), row -> row)
                .limit(3000)
                .iterator();

        StringWriter out = new StringWriter();
        printer(Format.TABLE).print(columns, rows, new PrintWriter(out));

        assertThat(out.toString().lines()).hasSize(3002).endsWith("1000  x");
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void stopsQuietlyWhenNobodyReads(Format format) {
        Iterator<List<Object>> endless =
                Stream.generate(() -> Collections.<Object>nCopies(3, 1L)).iterator();
        PrintWriter broken = new PrintWriter(new Writer() {
            @Override
            public void write(char[] buffer, int offset, int length) throws java.io.IOException {
                throw new java.io.IOException("Broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        });

        printer(format).print(COLUMNS, endless, broken);

        assertThat(broken.checkError()).isTrue();
    }

    private static String cell(Object value) {
        return print(Format.TABLE, List.of(new Column("a", false)), List.of(List.of(value)))
                .lines()
                .toList()
                .get(2);
    }

    private static String print(Format format, List<Column> columns, List<List<Object>> rows) {
        StringWriter out = new StringWriter();
        printer(format).print(columns, rows.iterator(), new PrintWriter(out, true));
        return out.toString();
    }

    private static ResultPrinter printer(Format format) {
        ResultPrinter printer = new ResultPrinter();
        printer.format = format;
        return printer;
    }
}
