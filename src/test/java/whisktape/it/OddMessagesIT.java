package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.OddMessages;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;

class OddMessagesIT {
    @TempDir
    private Path temp;

    @Test
    void comeBackOutOfAReplayByteForByte() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("broker"), 0)) {
            kafka.createTopic("events", 1, Map.of("max.message.bytes", "2000000"));
            kafka.createTopic("again", 1, Map.of("max.message.bytes", "2000000"));
            try (Topic events = new Topic(kafka, "events")) {
                events.fillWithOddMessages();
            }
            String folder = temp.resolve("recording").toString();

            CommandRun recorded = CommandRun.of(
                    "record",
                    "--kafka",
                    kafka.bootstrapServers(),
                    "-o",
                    folder,
                    "--from",
                    "earliest",
                    "--until-idle",
                    "0ms");
            assertThat(recorded.exitCode()).as(recorded.err()).isZero();
            CommandRun verified = CommandRun.of("verify", folder);
            assertThat(verified.exitCode()).as("unreadable rows are reported").isEqualTo(3);
            assertThat(verified.out()).contains("events are unreadable");
            CommandRun queried = CommandRun.of(
                    "analyze",
                    folder,
                    "--format",
                    "csv",
                    "--sql",
                    "select count(*) as rows, count(duration_ms) as typed, count(event_time) as timed from events");
            assertThat(queried.out())
                    .isEqualTo("rows,typed,timed\n" + OddMessages.all().size() + ",35,43\n");
            CommandRun replayed = CommandRun.of(
                    "replay",
                    folder,
                    "--to",
                    kafka.bootstrapServers(),
                    "--topic",
                    "again",
                    "--speed",
                    "max",
                    "--force",
                    "--allow-poison");
            assertThat(replayed.exitCode()).as(replayed.err()).isZero();

            List<String> before = ConsumedTopic.messages(kafka.bootstrapServers(), "events");
            assertThat(before).hasSize(OddMessages.all().size());
            assertThat(ConsumedTopic.messages(kafka.bootstrapServers(), "again"))
                    .isEqualTo(before);
        }
    }
}
