package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Message;
import whisktape.recording.MessageReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

class ImportCommandTest {
    @TempDir
    private Path temp;

    private Path dump;
    private Path folder;

    private static final String NOTHING_READABLE =
            "nothing that could be read was in it: is it a dump of the topic events,"
                    + " or of the activations database (from _changes and _all_docs with include_docs=true)?\n";

    @BeforeEach
    void nameFiles() {
        dump = temp.resolve("events.jsonl");
        folder = temp.resolve("recording");
    }

    @Test
    void keepsPlaceTimeKeyAndHeadersOfKcatLines() throws IOException {
        write("""
                {"topic":"prod-events","partition":2,"offset":70,"tstype":"create","ts":1795427079812,"broker":1,\
                "headers":["a","1","b",null],"key":"k","payload":"{\\"body\\":{}}"}
                {"topic":"prod-events","partition":0,"offset":5,"tstype":"logappend","ts":1795427079813,"key":null,"payload":null}
                {"topic":"prod-events","partition":2,"offset":71,"key":null,"payload":"\\u0000é\\n"}
                """.getBytes(StandardCharsets.UTF_8));

        CommandRun run = importDump();

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0, "imported 3 events into " + folder + ", 3 of them unreadable\n", NOTHING_READABLE));
        assertThat(messages())
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields("recordedAtMs")
                .containsExactly(
                        message(0, 5, 1795427079813L, Message.TimestampType.APPEND, null, null, List.of()),
                        message(
                                2,
                                70,
                                1795427079812L,
                                Message.TimestampType.CREATE,
                                "k",
                                "{\"body\":{}}",
                                List.of(new Message.Header("a", new byte[] {'1'}), new Message.Header("b", null))),
                        message(2, 71, -1, Message.TimestampType.NONE, null, "\0é\n", List.of()));
        assertThat(Recording.open(folder).manifest().kafka().topic()).isEqualTo("prod-events");
    }

    @Test
    void keepsBytesThatAreNoUtf8AsKcatWroteThem() throws IOException {
        byte[] line = "{\"topic\":\"events\",\"partition\":0,\"offset\":0,\"payload\":\"??\"}\n"
                .getBytes(StandardCharsets.UTF_8);
        line[line.length - 4] = (byte) 0xff;
        line[line.length - 5] = (byte) 0xc3;
        write(line);

        assertThat(importDump().exitCode()).isZero();

        assertThat(messages())
                .singleElement()
                .satisfies(message -> assertThat(message.value()).containsExactly(0xc3, 0xff));
    }

    @Test
    void countsBareValuesFromZeroAlsoFromGzip() throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(dump))) {
            out.write("{\"body\":{\"metricName\":\"TimedRateLimit\",\"metricValue\":1}}\n\nlast without end"
                    .getBytes(StandardCharsets.UTF_8));
        }

        CommandRun run = importDump("--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\"rows\":3,\"activation\":0,\"metric\":1,\"unreadable\":2");
        assertThat(messages()).extracting(Message::offset).containsExactly(0L, 1L, 2L);
        assertThat(messages())
                .last()
                .satisfies(message ->
                        assertThat(message.value()).isEqualTo("last without end".getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void passesOverAByteOrderMark() throws IOException {
        write("\ufeff{\"topic\":\"prod-events\",\"partition\":2,\"offset\":70,\"payload\":\"a\"}\n"
                .getBytes(StandardCharsets.UTF_8));

        assertThat(importDump().exitCode()).isZero();

        assertThat(messages()).extracting(Message::partition).containsExactly(2);
    }

    @Test
    void saysWhichLinesItCouldNotPlace() throws IOException {
        write("""
                {"topic":"events","partition":0,"offset":5,"payload":"a"}
                {"topic":"events","partition":0,"offset":5,"payload":"again"}
                {"topic":"other","partition":0,"offset":6,"payload":"b"}
                {"topic":"events","partition":0,"offs
                {"topic":"events","partition":0,"offset":9,"payload":"c"}
                """.getBytes(StandardCharsets.UTF_8));

        CommandRun run = importDump();

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err())
                .isEqualTo(NOTHING_READABLE + "3 lines could not be placed and were left out; "
                        + "line 2 has offset 5 of partition 0, which came before\n");
        assertThat(messages()).extracting(Message::offset).containsExactly(5L, 9L);
    }

    @Test
    void keepsWhatStandsInACutGzipFileAndSaysSo() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(packed)) {
            for (int i = 0; i < 1000; i++) {
                gzip.write("{\"topic\":\"events\",\"partition\":0,\"offset\":%d,\"payload\":\"%x\"}\n"
                        .formatted(i, i * 0x9e3779b97f4a7c15L)
                        .getBytes(StandardCharsets.UTF_8));
            }
        }
        write(Arrays.copyOf(packed.toByteArray(), packed.size() / 2));

        CommandRun run = importDump();

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains(dump + " ends in the middle, behind ");
        assertThat(messages()).hasSizeBetween(100, 900);
    }

    @Test
    void refusesWhatItCannotRead() {
        assertThat(importDump())
                .isEqualTo(
                        new CommandRun(1, "", "whisktape import: cannot read " + dump + ": there is no such file\n"));
        assertThat(CommandRun.of("import", "--ndjson", "metrics=x", "-o", folder.toString())
                        .exitCode())
                .isEqualTo(2);
        assertThat(folder).doesNotExist();
    }

    private void write(byte[] bytes) throws IOException {
        Files.write(dump, bytes);
    }

    private CommandRun importDump(String... more) {
        List<String> arguments =
                new ArrayList<>(List.of("import", "--ndjson", "events=" + dump, "-o", folder.toString()));
        arguments.addAll(List.of(more));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    private List<Message> messages() {
        Recording recording = Recording.open(folder);
        List<Message> messages = new ArrayList<>();
        for (Segment segment : recording.segments()) {
            try (MessageReader reader = recording.messagesOf(segment)) {
                reader.forEachRemaining(recorded -> messages.add(recorded.message()));
            }
        }
        return messages;
    }

    private static Message message(
            int partition,
            long offset,
            long timestampMs,
            Message.TimestampType type,
            String key,
            String value,
            List<Message.Header> headers) {
        return new Message(1, partition, offset, timestampMs, type, 0, bytes(key), bytes(value), headers);
    }

    private static byte[] bytes(String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
}
