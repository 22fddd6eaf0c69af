package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentNamesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {"events/a.parquet", "activations/A-z_0.9.parquet", "events/..parquet", "events/a.parquet.parquet"
            })
    void knowsThePathOfASegment(String path) {
        assertThat(SegmentNames.isSegmentPath(path)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a.parquet",
                "events",
                "events/",
                "events/.parquet",
                "events/a",
                "events/a.parquet.open",
                "events/a.PARQUET",
                "events/../a.parquet",
                "events//a.parquet",
                "events/a/b.parquet",
                "events/a\\b.parquet",
                "events/a b.parquet",
                "events/a\u00e4.parquet",
                "events/a.parquet\n",
                "/events/a.parquet",
                "./events/a.parquet",
                "Events/a.parquet",
                "other/a.parquet"
            })
    void takesNothingElseForOne(String path) {
        assertThat(SegmentNames.isSegmentPath(path)).isFalse();
    }

    @Test
    void leavesRoomForTheLongestTopicAlone() {
        assertThat(SegmentNames.isSegmentPath("events/" + "a".repeat(250) + ".parquet"))
                .isTrue();
        assertThat(SegmentNames.isSegmentPath("events/" + "a".repeat(251) + ".parquet"))
                .isFalse();
    }

    @Test
    void hasKafkasRuleForTopics() {
        assertThat(SegmentNames.isTopic("events")).isTrue();
        assertThat(SegmentNames.isTopic("a.B_c-9")).isTrue();
        assertThat(SegmentNames.isTopic("...")).isTrue();
        assertThat(SegmentNames.isTopic("a".repeat(249))).isTrue();

        assertThat(SegmentNames.isTopic("a".repeat(250))).isFalse();
        assertThat(SegmentNames.isTopic("")).isFalse();
        assertThat(SegmentNames.isTopic(".")).isFalse();
        assertThat(SegmentNames.isTopic("..")).isFalse();
        assertThat(SegmentNames.isTopic("a/b")).isFalse();
        assertThat(SegmentNames.isTopic("a\n")).isFalse();
    }
}
