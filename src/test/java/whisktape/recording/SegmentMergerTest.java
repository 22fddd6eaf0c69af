package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.DocumentFixtures.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.DatabasePosition;
import whisktape.Fixtures;
import whisktape.Position;

/** Segments that become one while a recording grows. */
class SegmentMergerTest {
    @TempDir
    private Path temp;

    /** What three days of segments of 30 s come to, with merging taken as adding up sizes. */
    @ParameterizedTest
    @CsvSource({"4000, 4000", "9000, 200000", "100000, 5000000", "9000, 16000000"})
    void aRecordingNeverHasManySmallSegmentsAndWritesNoRowOften(long smallest, long largest) {
        Random random = new Random(7);
        List<Segment> segments = new ArrayList<>();
        long arrived = 0;
        long written = 0;
        int mostSmall = 0;
        for (int seal = 0; seal < 8_640; seal++) {
            long size = (long) (smallest * Math.pow((double) largest / smallest, random.nextDouble()));
            Segment newest = segment(seal, seal + 1, size);
            arrived += size;
            segments.add(newest);
            for (List<Segment> run : SegmentMerger.gathered(segments, newest)) {
                Segment merged = segment(
                        run.get(0).fromOffset(),
                        run.get(run.size() - 1).nextOffset(),
                        run.stream().mapToLong(Segment::sizeBytes).sum());
                written += merged.sizeBytes();
                int at = segments.indexOf(run.get(0));
                segments.subList(at, at + run.size()).clear();
                segments.add(at, merged);
            }
            mostSmall = Math.max(mostSmall, smallAtEnd(segments));
        }
        assertThat(segments.get(0).fromOffset()).isZero();
        assertThat(segments.get(segments.size() - 1).nextOffset()).isEqualTo(8_640);
        assertThat(mostSmall).isLessThan(48);
        assertThat(segments.size()).isLessThan((int) (48 + arrived / (16 << 20)));
        assertThat(written).isLessThan(5 * arrived);
    }

    @Test
    void aRecorderMergesWhileItRecordsAndLosesNothing() throws IOException {
        Path folder = temp.resolve("recording");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-14T09:00:00Z"));
        try (RecordingWriter writer = RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, now::get)) {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, 0L)));
            writer.begin(Optional.of("s"), "db", new DatabasePosition(1, Optional.of("5"), "0"));
            for (long seal = 0; seal < 50; seal++) {
                writer.write(Fixtures.event(Fixtures.message(0, seal, seal, "value " + seal)));
                writer.write(documents(seal + 1, seal + 2), Optional.of(seal + "-x"));
                now.updateAndGet(time -> time.plus(Duration.ofSeconds(30)));
                writer.sealDue();
                assertThat(writer.manifest().segments()).hasSizeLessThanOrEqualTo(2 * 16);
            }

            Recording growing = Recording.open(folder);
            assertThat(Verifier.verify(growing).problems()).isEmpty();
            assertThat(Verifier.verify(growing).rows()).isEqualTo(100);
            // Of twenty segments of the last ten minutes, whoever opened the recording then finds the file.
            assertThat(sealedFiles(folder)).hasSizeBetween(22, 2 * (16 + 20 + 1));
        }

        assertThat(sealedFiles(folder)).hasSameSizeAs(Recording.open(folder).segments());
        assertThat(RecordedRows.of(Recording.open(folder), Segment.EVENTS, List.of()))
                .hasSize(50);
        assertThat(Recording.open(folder)
                        .manifest()
                        .databasePosition()
                        .orElseThrow()
                        .since())
                .isEqualTo("49-x");
    }

    /** Whoever opened the recording before a merge still finds its files, and after ten minutes nobody needs them. */
    @Test
    void replacedFilesStayForAWhile() throws IOException {
        Path folder = temp.resolve("recording");
        AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-03-14T09:00:00Z"));
        try (RecordingWriter writer = RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, now::get)) {
            writer.begin("c", "events", new Position(1, Optional.of("t"), Map.of(0, 0L)));
            seal(writer, 0, 15);
            Recording before = Recording.open(folder);
            seal(writer, 15, 16);

            assertThat(writer.manifest().segments()).hasSize(1);
            assertThat(RecordedRows.of(before, Segment.EVENTS)).hasSize(15);

            now.updateAndGet(time -> time.plus(Duration.ofMinutes(10)));
            writer.sealDue();

            assertThat(sealedFiles(folder)).hasSize(1);
        }
    }

    private static void seal(RecordingWriter writer, long from, long until) {
        LongStream.range(from, until).forEach(offset -> {
            writer.write(Fixtures.event(Fixtures.message(0, offset, offset, "value " + offset)));
            writer.sealAll();
        });
    }

    private static int smallAtEnd(List<Segment> segments) {
        int from = segments.size();
        while (from > 0 && segments.get(from - 1).sizeBytes() < 16 << 20) {
            from--;
        }
        return segments.size() - from;
    }

    private static Segment segment(long from, long next, long sizeBytes) {
        return SegmentCounts.ofEvents(1, 0, from)
                .toSegment()
                .and(SegmentCounts.ofEvents(1, 0, next).toSegment())
                .sealedAs("events/events-0-" + from + ".parquet", sizeBytes, "");
    }

    private static List<Path> sealedFiles(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String table : List.of(Segment.EVENTS, Segment.ACTIVATIONS)) {
            if (Files.isDirectory(folder.resolve(table))) {
                try (Stream<Path> files = Files.list(folder.resolve(table))) {
                    files.filter(SegmentNames::isSealed).forEach(all::add);
                }
            }
        }
        return all;
    }
}
