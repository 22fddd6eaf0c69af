package whisktape.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PaceTest {
    private final List<Long> recordedMs = new ArrayList<>();
    private final List<Long> stampsMs = new ArrayList<>();

    @Test
    void findsTheEventThatCameTooSoon() throws IOException {
        events(1_000, 7);
        stampsMs.set(500, stampsMs.get(500) - 5);

        assertThat(pace().early()).isEqualTo(1);
        assertThat(pace().brokerP50Ms()).isZero();
    }

    @Test
    void takesNoLateEventForOneThatMakesTheOthersEarly() throws IOException {
        events(1_000, 7);
        stampsMs.set(0, stampsMs.get(0) + 30);

        assertThat(pace().early()).isZero();
    }

    @Test
    void seesThatManyCameTooSoonInThatTheOthersAreLate() throws IOException {
        events(1_000, 7);
        for (int i = 0; i < 100; i++) {
            stampsMs.set(i, stampsMs.get(i) - 20);
        }

        assertThat(pace().brokerP50Ms()).isEqualTo(20);
    }

    private void events(int count, long latencyMs) {
        for (long i = 0; i < count; i++) {
            recordedMs.add(i / 5);
            stampsMs.add(1_000_000 + i / 5 + latencyMs);
        }
    }

    private Pace pace() throws IOException {
        JsonNode printed = new ObjectMapper().readTree("{\"lateness_ms\":{\"p50\":0.1,\"p99\":1.0,\"max\":2.0}}");
        return Pace.of(printed, stampsMs, recordedMs);
    }
}
