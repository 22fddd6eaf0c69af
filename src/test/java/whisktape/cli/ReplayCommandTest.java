package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.Fixtures.message;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Fixtures;

class ReplayCommandTest {
    /** Port 1 of the loopback: whoever is contacted there does not answer. */
    private static final String NOBODY = "127.0.0.1:1";

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void record() {
        Fixtures.recording(
                folder.resolve("run"),
                List.of(
                        message(0, 0, 1_767_604_500_000L, "a"),
                        message(0, 1, 1_767_604_530_000L, "b"),
                        message(2, 0, 1_767_608_100_000L, "c")));
    }

    @Test
    void saysWhatItWouldSendAndContactsNobody() {
        assertThat(replay("--dry-run", "--speed", "2", "--loop", "2")).isZero();

        assertThat(out).hasToString("""
                        would send 6 events to topic events at 127.0.0.1:1
                          rounds      2 of 3 events
                          partition 0  2 events
                          partition 2  1 event
                          recorded    2026-01-05T09:15:00.000Z to 2026-01-05T10:15:00.000Z
                          takes       1h 0m 0.0s at speed 2
                        """);
        assertThat(err).hasToString("");
    }

    @Test
    void printsThePlanAsJson() {
        assertThat(replay("--dry-run", "--json", "--topic", "copy", "--max-gap", "10s"))
                .isZero();

        assertThat(out)
                .hasToString("{\"dry_run\":true,\"to\":\"127.0.0.1:1\",\"topic\":\"copy\",\"events\":3,"
                        + "\"partitions\":{\"0\":2,\"2\":1},\"rounds\":1,\"from\":\"2026-01-05T09:15:00.000Z\","
                        + "\"until\":\"2026-01-05T10:15:00.000Z\",\"duration_ms\":20000,\"poison\":0}\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--from=2026-01-05T09:15:30Z, 2",
        "--until=2026-01-05T09:15:30Z, 1",
        "--from=-1m, 1",
        "--until=-1m, 2",
        "--from=2030-01-01T00:00:00Z, 0"
    })
    void selectsByKafkaTime(String window, int events) {
        assertThat(replay("--dry-run", window)).isZero();

        assertThat(out.toString()).startsWith("would send " + events + " event");
    }

    @Test
    void takesATimeBeforeTheEndAsAnArgumentOfItsOwn() {
        assertThat(replay("--dry-run", "--from", "-1m")).isZero();

        assertThat(out.toString()).startsWith("would send 1 event ");
    }

    @Test
    void selectsByACondition() {
        assertThat(replay(
                        "--dry-run",
                        "--where",
                        "partition = 0 AND kafka_timestamp_ms > 1767604500000 -- the later one"))
                .isZero();

        assertThat(out.toString()).startsWith("would send 1 event ").contains("partition 0  1 event\n");
    }

    @Test
    void saysWhatIsWrongWithACondition() {
        assertThat(replay("--dry-run", "--where", "no_such_column = 1")).isNotZero();

        assertThat(err.toString()).startsWith("whisktape replay: ").contains("no_such_column");
    }

    @Test
    void leavesPoisonOutByItsReason() {
        poisoned();

        assertThat(run(
                        "replay",
                        folder.resolve("poisoned").toString(),
                        "--to",
                        NOBODY,
                        "--dry-run",
                        "--where",
                        "poison_reason IS NULL"))
                .isZero();

        assertThat(out.toString()).startsWith("would send 0 events ").doesNotContain("  poison");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "fast", "NaN", "1e3", "0.0", ""})
    void refusesASpeedThatIsNone(String speed) {
        assertThat(replay("--dry-run", "--speed=" + speed)).isEqualTo(2);

        assertThat(err.toString())
                .contains("--speed")
                .contains("'" + speed + "' is not a speed; it takes 1, a number above 0 such as 10 or 0.5, or max");
    }

    @Test
    void wantsAtLeastOneRound() {
        assertThat(replay("--dry-run", "--loop", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--loop got 0; it takes 1 or more");
    }

    @Test
    void plansAlsoForStatsd() {
        String recording = folder.resolve("run").toString();
        assertThat(run("replay", recording, "--to-statsd", "nowhere.invalid:8125", "--dry-run"))
                .isZero();
        assertThat(out.toString()).startsWith("would send 3 events to StatsD at nowhere.invalid:8125\n");

        out.getBuffer().setLength(0);
        assertThat(run(
                        "replay",
                        recording,
                        "--to-statsd",
                        "[::1]:8125",
                        "--statsd-tags",
                        "datadog",
                        "--dry-run",
                        "--json",
                        "--speed",
                        "max"))
                .isZero();
        assertThat(out.toString()).startsWith("{\"dry_run\":true,\"to\":\"[::1]:8125\",\"topic\":null,\"events\":3,");
    }

    @Test
    void saysThatNoPoisonReachesStatsd() {
        poisoned();

        assertThat(run("replay", folder.resolve("poisoned").toString(), "--to-statsd", NOBODY, "--dry-run"))
                .isZero();

        assertThat(out.toString()).endsWith("offset 7: statusCode 4; makes no metric\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "localhost:0x1",
                "localhost:65536",
                "localhost:0",
                "a:1,b:2",
                "http://a:1",
                ":8125",
                ""
            })
    void refusesAnAddressThatIsNone(String address) {
        assertThat(run("replay", folder.resolve("run").toString(), "--to-statsd", address))
                .isEqualTo(2);

        assertThat(err.toString()).contains("'" + address + "' is no address; it takes HOST:PORT");
    }

    @Test
    void saysThatNobodyListensAtStatsdsPort() {
        assertThat(run("replay", folder.resolve("run").toString(), "--to-statsd", NOBODY))
                .isEqualTo(1);

        assertThat(err)
                .hasToString(
                        "whisktape replay: cannot replay to StatsD at 127.0.0.1:1: nobody listens at that UDP port;"
                                + " check --to-statsd, and that StatsD listens on UDP\n");
    }

    @Test
    void takesOneTargetOnly() {
        assertThat(replay("--to-statsd", NOBODY)).isEqualTo(2);

        assertThat(err.toString()).contains("--to=H:P").contains("--to-statsd=H:P");
    }

    @Test
    void hasNoDefaultTarget() {
        assertThat(run("replay", folder.resolve("run").toString())).isEqualTo(2);

        assertThat(err.toString()).contains("--to");
    }

    @Test
    void takesImprovedLabelsForMetricsOnly() {
        assertThat(replay("--improved")).isEqualTo(2);

        assertThat(err.toString()).contains("--improved is for --to-metrics only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "65536"})
    void refusesAPortThatIsNone(String port) {
        assertThat(run("replay", folder.resolve("run").toString(), "--to-metrics", port))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--to-metrics got " + port + "; it takes 1 to 65535, or 0 for a free port");
    }

    @Test
    void goesToKafkaOrToMetrics() {
        assertThat(replay("--to-metrics", "0")).isEqualTo(2);

        assertThat(err.toString()).contains("--to").contains("--to-metrics").contains("mutually exclusive");
    }

    @Test
    void refusesPoisonBeforeItContactsAnybody() {
        poisoned();

        assertThat(run("replay", folder.resolve("poisoned").toString(), "--to", NOBODY))
                .isEqualTo(2);

        assertThat(err)
                .hasToString(
                        "whisktape replay: not replayed: 1 event would stop OpenWhisk's user-events service for ever,"
                                + " the first at partition 0, offset 7: statusCode 4; leave them out with --where"
                                + " \"poison_reason IS NULL\", or send them with --allow-poison\n");
    }

    @Test
    void showsPoisonInThePlan() {
        poisoned();

        assertThat(run("replay", folder.resolve("poisoned").toString(), "--to", NOBODY, "--dry-run"))
                .isZero();

        assertThat(out.toString())
                .endsWith("  poison      1 event, the first at partition 0, offset 7: statusCode 4;"
                        + " refused without --allow-poison\n");
    }

    @Test
    void saysWhichKafkaConfigCannotBeRead() {
        assertThat(replay("--kafka-config", folder.resolve("nothing").toString()))
                .isEqualTo(2);

        assertThat(err.toString()).contains("--kafka-config").contains("nothing");
    }

    @Test
    void saysThatThereIsNoRecording() {
        assertThat(run("replay", folder.resolve("nowhere").toString(), "--to", NOBODY))
                .isNotZero();

        assertThat(err.toString()).startsWith("whisktape replay: ").contains("nowhere");
    }

    private void poisoned() {
        Fixtures.recordingOf(
                folder.resolve("poisoned"),
                List.of(new Event(
                        message(0, 7, 1000, "p"),
                        Event.Envelope.ABSENT,
                        new EventBody.Unreadable("not looked into"),
                        null,
                        "statusCode 4")));
    }

    private int replay(String... options) {
        String[] args = new String[options.length + 4];
        System.arraycopy(new String[] {"replay", folder.resolve("run").toString(), "--to", NOBODY}, 0, args, 0, 4);
        System.arraycopy(options, 0, args, 4, options.length);
        return run(args);
    }

    private int run(String... args) {
        return Main.run(new PrintWriter(out), new PrintWriter(err), args);
    }
}
