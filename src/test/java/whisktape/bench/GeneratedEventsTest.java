package whisktape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedEventsTest {
    private static final long START = 1_795_427_000_000L;

    @Test
    void areTheSameForTheSameSeed() {
        GeneratedEvents one = new GeneratedEvents(7, START);
        GeneratedEvents same = new GeneratedEvents(7, START);
        GeneratedEvents other = new GeneratedEvents(8, START);

        byte[] first = one.next();

        assertThat(same.next()).isEqualTo(first);
        assertThat(other.next()).isNotEqualTo(first);
    }

    @Test
    void haveTheSizeAndTheRateTheyPromise() {
        GeneratedEvents events = new GeneratedEvents(1, START);
        long bytes = 0;
        for (int i = 0; i < 50_000; i++) {
            bytes += events.next().length;
        }

        assertThat(bytes / 50_000).isBetween(380L, 388L);
        assertThat(events.timestampMs() - START).isBetween(9_800L, 10_200L);
    }

    @Test
    void areEventsWithIdsOfTheirOwn() throws IOException {
        GeneratedEvents events = new GeneratedEvents(1, START);
        Set<String> ids = new HashSet<>();
        int metrics = 0;
        for (int i = 0; i < 2_000; i++) {
            JsonNode event = new ObjectMapper().readTree(events.next());
            if (event.get("eventType").asText().equals("Metric")) {
                metrics++;
            } else {
                assertThat(event.at("/body/activationId").asText()).matches("[0-9a-f]{32}");
                ids.add(event.at("/body/activationId").asText());
            }
        }

        assertThat(metrics).isBetween(150, 350);
        assertThat(ids).hasSize(2_000 - metrics);
    }
}
