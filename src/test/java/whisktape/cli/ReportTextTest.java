package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Gap;
import whisktape.analysis.Column;
import whisktape.analysis.QueryFile;
import whisktape.report.Finding;
import whisktape.report.Quality;
import whisktape.report.Report;
import whisktape.report.Section;
import whisktape.statistics.Interval;

/** A report in each form, its whole text. */
final class ReportTextTest {
    private static final String HOSTILE = "<img src=x onerror=alert(1)>\u001b[31m|`*[";

    @TempDir
    private Path folder;

    private Report report;

    @BeforeEach
    void report() throws IOException {
        Map<String, Long> excluded = new LinkedHashMap<>();
        excluded.put("sequence", 1_250L);
        excluded.put("negative_wait", 2L);
        Quality quality = new Quality(
                12_345,
                11_093,
                excluded,
                Map.of("both", 12_000L, "events", 300L, "couchdb", 45L),
                7,
                1,
                List.of(new Gap(1, 0, 120, 340L, Gap.RETENTION)),
                Optional.of(Instant.parse("2026-03-14T09:15:00Z")),
                Optional.of(Instant.parse("2026-03-14T10:17:05.250Z")),
                30_000,
                10_000,
                60_000);
        Map<String, String> subject = new LinkedHashMap<>();
        subject.put("action", HOSTILE);
        subject.put("invoker", "invoker5");
        Finding first = new Finding(
                "R07",
                "invoker5 runs the same actions 2.5 times slower than the other invokers do, and lost 61 s by that in"
                        + " 4,599 calls.",
                61_000,
                0.61,
                4_599,
                Optional.of(new Interval(59_000, 63_500)),
                "estimated",
                subject,
                "look at its host.",
                "slow-invokers");
        Finding second = new Finding(
                "R12",
                "crawler was refused 310 calls.",
                0,
                0,
                310,
                Optional.empty(),
                "measured",
                Map.of("namespace", "crawler"),
                "raise its limit.",
                "throttled-namespaces");
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            rows.add(Arrays.asList(
                    i == 0
                            ? HOSTILE
                            : "guest/a-name-that-is-much-longer-than-anybody-would-like-to-see-in-a-table-" + i,
                    1_000L * i,
                    i == 1 ? null : 12.5 * i,
                    Instant.parse("2026-03-14T09:15:00Z").plusSeconds(i),
                    "guest/a-name-that-is-as-long-as-the-other-one-is-" + i));
        }
        report = new Report(
                "run1",
                "0.1.0",
                quality,
                List.of(first, second),
                List.of(
                        new Section(
                                "waits",
                                query("waits").header(),
                                List.of(
                                        new Column("action", false),
                                        new Column("activations", true),
                                        new Column("wait_ms_p95", true),
                                        new Column("first_seen", false),
                                        new Column("other_action", false)),
                                rows,
                                3),
                        new Section(
                                "nothing", query("nothing").header(), List.of(new Column("n", true)), List.of(), 0)));
    }

    @Test
    void readsWellInAHundredColumns() {
        StringWriter text = new StringWriter();

        new ReportText(new PrintWriter(text), "recordings/run1").print(report);

        assertThat(text.toString().lines())
                .allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        assertThat(text).hasToString("""
                Recording run1

                activations  12,345, of which 11,093 count in the figures,
                             2026-03-14T09:15:00.000Z until 2026-03-14T10:17:05.250Z (1 h 02 min 05 s)
                left out     1,250 sequence, 2 negative_wait
                doubtful     300 only in events, 45 only in CouchDB, 7 events sent twice, 1 unreadable, 1 gap
                gap          offsets 120 to 339 of partition 0: deleted by retention
                time         1 min 40 s of response time, waiting 30.0 s (30.0 %), initialising 10.0 s (10.0 %),
                             running 1 min 00 s (60.0 %)

                FINDINGS, most time at stake first

                 1. invoker5 runs the same actions 2.5 times slower than the other invokers do, and lost 61 s by
                    that in 4,599 calls.
                    R07, 1 min 01 s at stake (61.0 %), 95 % between 59.0 s and 1 min 03 s, n 4,599, estimated,
                    action <img src=x onerror=alert(1)>\\u001b[31m|`*[, invoker invoker5
                    Next: look at its host.
                    $ whisktape analyze recordings/run1 slow-invokers

                 2. crawler was refused 310 calls.
                    R12, no time at stake, n 310, measured, namespace crawler
                    Next: raise its limit.
                    $ whisktape analyze recordings/run1 throttled-namespaces

                SECTIONS, the first rows of 2 tables

                    All rows of one: whisktape analyze recordings/run1 NAME. None of them: --findings.

                R04 Queueing

                waits: how long?

                                                             wait
                                                              _ms
                action                          activations  _p95  first_seen      other_action
                ------------------------------  -----------  ----  --------------  -------------------------------
                <img src=x oner…\\u001b[31m|`*[            0   0.0  03-14 09:15:00  guest/a-name-th…-other-one-is-0
                guest/a-name-th…e-in-a-table-1        1,000     –  03-14 09:15:01  guest/a-name-th…-other-one-is-1
                guest/a-name-th…e-in-a-table-2        2,000  25.0  03-14 09:15:02  guest/a-name-th…-other-one-is-2
                guest/a-name-th…e-in-a-table-3        3,000  37.5  03-14 09:15:03  guest/a-name-th…-other-one-is-3
                guest/a-name-th…e-in-a-table-4        4,000  50.0  03-14 09:15:04  guest/a-name-th…-other-one-is-4
                … 5 more rows
                Next: wait less.

                Nothing to show in nothing
                """);
    }

    /** Thousands of actions may fail in the same way, and nobody would read on to the sections. */
    @Test
    void showsTheFirstFindingsOfEachQueryUnlessFindingsAreAllThatIsWanted() {
        List<Finding> many = new ArrayList<>();
        for (int i = 0; i < 1_234; i++) {
            many.add(finding("R13", "action " + i + " fails", "failing-actions"));
        }
        many.add(finding("R12", "one was refused", "throttled-namespaces"));
        Report whole = new Report("run1", "0.1.0", report.quality(), many, report.sections());

        assertThat(printed(whole))
                .contains("\n10. action 9 fails\n", "\n1235. one was refused\n")
                .doesNotContain("action 10 fails")
                .contains("\n… 1,224 more of R13; --findings shows all\n");
        assertThat(printed(whole.withoutSections()))
                .contains("action 1233 fails")
                .doesNotContain("more of R13");
        StringWriter markdown = new StringWriter();
        new ReportMarkdown(new PrintWriter(markdown)).print(whole);
        assertThat(markdown.toString())
                .contains("action 9 fails", "… 1,224 more of R13; `--findings` shows all.")
                .doesNotContain("action 10 fails");
    }

    private static Finding finding(String id, String claim, String query) {
        return new Finding(id, claim, 0, 0, 1, Optional.empty(), "measured", Map.of(), "look.", query);
    }

    private static String printed(Report report) {
        StringWriter text = new StringWriter();
        new ReportText(new PrintWriter(text), "recordings/run1").print(report);
        return text.toString();
    }

    @Test
    void marksNothingUpInMarkdown() {
        StringWriter text = new StringWriter();

        new ReportMarkdown(new PrintWriter(text)).print(report);

        assertThat(text.toString())
                .startsWith("""
                        # run1

                        """)
                .contains("&lt;img src=x onerror=alert(1)>\\\\u001b\\[31m\\|\\`\\*\\[")
                .contains("## R04 Queueing")
                .doesNotContain("<img");
    }

    @Test
    void isTheContractsObjectInJson() {
        String json = Json.toText(ReportJson.of(report));

        assertThat(json)
                .startsWith("{\"recording\":\"run1\",\"tool\":\"0.1.0\",\"quality\":{\"rows\":12345,\"base_set\":11093,"
                        + "\"excluded\":{\"sequence\":1250,\"negative_wait\":2},")
                .contains("\"findings\":[{\"id\":\"R07\",\"claim\":\"invoker5 runs the same actions")
                .contains("\"at_stake_ms\":61000.0,\"at_stake_share\":0.61,\"n\":4599,\"ci95\":[59000.0,63500.0],"
                        + "\"confidence\":\"estimated\",\"subject\":{\"action\":\"<img src=x onerror=alert(1)>\\u001B[31m|`*[\","
                        + "\"invoker\":\"invoker5\"},\"next\":\"look at its host.\",\"query\":\"slow-invokers\"}")
                .contains("\"ci95\":null")
                .contains("\"activations\":1000,\"wait_ms_p95\":null,\"first_seen\":\"2026-03-14T09:15:01.000Z\"")
                .endsWith("\"columns\":[\"n\"],\"rows\":[],\"more_rows\":0}]}");
    }

    private QueryFile query(String name) throws IOException {
        String sql = """
                -- Waits.
                -- Report:  R04 Queueing
                -- Answers: how long?
                -- Next:    wait less.
                SELECT 1
                """;
        return QueryFile.find(
                folder, Files.writeString(folder.resolve(name + ".sql"), sql).toString());
    }
}
