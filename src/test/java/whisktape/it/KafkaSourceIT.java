package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Gap;
import whisktape.lab.EmbeddedKafka;
import whisktape.source.EventBatch;
import whisktape.source.EventSource;
import whisktape.source.KafkaSettings;
import whisktape.source.KafkaSource;
import whisktape.source.ReadBatch;
import whisktape.source.StartAt;

class KafkaSourceIT {
    @TempDir
    private Path temp;

    @Test
    void notesAGapWhereRetentionIsFasterThanTheRecorder() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp, 0)) {
            kafka.createTopic("events", 1, Map.of());
            fill(kafka, 0, 100);
            try (EventSource source = KafkaSource.open(settings(kafka), new StartAt.Earliest())) {
                kafka.deleteRecordsBefore("events", 0, 60);

                List<EventBatch> batches = pollUntilDrained(source);

                assertThat(batches.get(0).gaps()).containsExactly(new Gap(1, 0, 0, 60L, Gap.RETENTION));
                assertThat(batches.stream().flatMap(batch -> ReadBatch.events(batch).stream()))
                        .extracting(event -> event.message().offset())
                        .hasSize(40)
                        .startsWith(60L)
                        .endsWith(99L);
            }
        }
    }

    @Test
    void isNotDrainedWhileTheBrokerIsAway() throws Exception {
        EmbeddedKafka kafka = EmbeddedKafka.start(temp, 0);
        try {
            kafka.createTopic("events", 1, Map.of());
            try (EventSource source = KafkaSource.open(settings(kafka), new StartAt.Earliest())) {
                pollUntilDrained(source);
                kafka.close();

                Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> {
                    source.poll(Duration.ofMillis(100));
                    return source.isAway();
                });
                assertThat(source.isDrained()).isFalse();
            }
        } finally {
            kafka.close();
        }
    }

    private static List<EventBatch> pollUntilDrained(EventSource source) {
        List<EventBatch> batches = new ArrayList<>();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .pollDelay(Duration.ZERO)
                .until(() -> {
                    EventBatch batch = source.poll(Duration.ofMillis(50));
                    if (!batch.isEmpty()) {
                        batches.add(batch);
                    }
                    return batch.isEmpty() && source.isDrained();
                });
        return batches;
    }

    private static void fill(EmbeddedKafka kafka, long from, long until) throws Exception {
        try (Topic events = new Topic(kafka, "events")) {
            events.fill(from, until);
        }
    }

    private static KafkaSettings settings(EmbeddedKafka kafka) {
        return new KafkaSettings(kafka.bootstrapServers(), "events", Map.of());
    }
}
