package whisktape.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.Fixtures.message;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.Fixtures;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

class ReadAheadTest {
    private static final int BIG = 100_000;

    @TempDir
    Path folder;

    @Test
    void readsEachRoundInWholeAndInOrder() {
        Recording recording = recordingOf(1200, 10);

        try (ReadAhead events = new ReadAhead(Selection.of(recording), 3, ReadAhead.WAITING_BYTES)) {
            for (int round = 0; round < 3; round++) {
                long expected = 0;
                while (expected < 1200) {
                    ReadAhead.Chunk chunk = events.take();
                    assertThat(chunk.round()).isEqualTo(round);
                    for (SelectedEvent event : chunk.events()) {
                        assertThat(event.message().offset()).isEqualTo(expected++);
                    }
                }
            }
            assertThat(events.take()).isNull();
        }
    }

    @Test
    void readsNoFurtherAheadThanItsBytes() {
        Recording recording = recordingOf(50, BIG);
        long limit = 10L * BIG;

        try (ReadAhead events = new ReadAhead(Selection.of(recording), 1, limit)) {
            long taken = 0;
            for (ReadAhead.Chunk chunk = events.take(); chunk != null; chunk = events.take()) {
                taken += chunk.events().size();
                assertThat(events.waitingBytes()).isLessThanOrEqualTo(limit);
            }
            assertThat(taken).isEqualTo(50);
        }
    }

    @Test
    void waitsForRoomAndGoesOnWhenThereIsSome() {
        Recording recording = recordingOf(50, BIG);

        try (ReadAhead events = new ReadAhead(Selection.of(recording), 1, 1)) {
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> events.waitingBytes() > 0);
            long chunk = events.waitingBytes();
            assertThat(chunk).isLessThan(5L * BIG);
            assertThat(LongStream.generate(() -> {
                                ReadAhead.Chunk next = events.take();
                                return next == null ? 0 : next.events().size();
                            })
                            .takeWhile(size -> size > 0)
                            .sum())
                    .isEqualTo(50);
        }
    }

    @Test
    void isFullWithItsBytesOrWithAllThereIs() {
        Recording recording = recordingOf(50, BIG);
        long limit = 10L * BIG;

        try (ReadAhead some = new ReadAhead(Selection.of(recording), 1, limit);
                ReadAhead all = new ReadAhead(Selection.of(recording), 1, Long.MAX_VALUE)) {
            some.awaitFull();
            all.awaitFull();

            assertThat(some.waitingBytes()).isBetween(limit / 2, limit);
            assertThat(all.waitingBytes()).isGreaterThan(50L * BIG);
        }
    }

    @Test
    void endsItsThreadWhereNobodyWantsMore() {
        Recording recording = recordingOf(50, BIG);

        new ReadAhead(Selection.of(recording), 1_000_000, 1).close();

        assertThat(Thread.getAllStackTraces().keySet()).noneMatch(thread -> "read-ahead".equals(thread.getName()));
    }

    @Test
    void handsOutWhatCouldBeReadBeforeItSaysWhatCouldNot() throws IOException {
        Recording recording =
                Segments.write(folder, List.of(message(0, 0, 1000, "whole")), List.of(message(0, 1, 2000, "damaged")));
        Files.write(recording.fileOf(recording.segments().get(1)), new byte[10]);
        Selection selection = Selection.of(recording);

        try (ReadAhead events = new ReadAhead(selection, 1, ReadAhead.WAITING_BYTES)) {
            assertThat(events.take().events())
                    .extracting(event -> event.message().offset())
                    .containsExactly(0L);
            assertThatThrownBy(events::take)
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("cannot read the segment");
        }
    }

    private Recording recordingOf(int events, int valueLength) {
        return Fixtures.recording(
                folder,
                LongStream.range(0, events)
                        .mapToObj(offset -> message(0, offset, 1000 + offset, "x".repeat(valueLength)))
                        .toList());
    }
}
