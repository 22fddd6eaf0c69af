package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
    private final RecentIds recent = new RecentIds();

    @Test
    void knowsTheLastIds() {
        SplittableRandom random = new SplittableRandom(5);
        Set<String> last = new LinkedHashSet<>();
        for (int i = 0; i < 10 * RecentIds.WINDOW; i++) {
            String id = Integer.toString(random.nextInt(3 * RecentIds.WINDOW));

            assertThat(recent.addAndTest(id)).isEqualTo(last.contains(id));

            last.add(id);
            if (last.size() > RecentIds.WINDOW) {
                last.remove(last.iterator().next());
            }
        }
    }
}
