package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Merges small segments that continue each other. The merged file gets its name before the manifest is replaced, and the
 * files it was made from go after that: a crash in between leaves a file too many, which {@link Recovery} removes.
 *
 * <p>While a recording grows, it merges in tiers: sixteen or so of the smallest become one, later sixteen of these, so that a
 * recording never has many and each row is written again a few times at most.
 */
final class SegmentMerger {
    private static final long SMALL_BYTES = 16L << 20;
    private static final long MERGED_BYTES = 64L << 20;

    /** Segments below the first size are the lowest tier, and so on. */
    private static final List<Long> TIERS = List.of(64L << 10, 1L << 20, SMALL_BYTES);

    /** How many segments of one tier become one of the next. */
    private static final int SEGMENTS_A_TIER = 16;

    /** Rows in memory before they become a row group; as many as DuckDB likes to give one thread. */
    private static final int ROWS_PER_GROUP = 122_880;

    private static final long BUFFERED_BYTES = 32L << 20;

    private SegmentMerger() {}

    /**
     * What became of the segments.
     *
     * @param manifest as it is on the disk now
     * @param replaced files that are in the way of nobody and belong to nothing any more
     */
    record Merged(Manifest manifest, List<Path> replaced) {}

    /** Merges what is small, replaces the manifest by this one, and returns it as it is then. */
    static Manifest merge(Path folder, Manifest manifest) throws IOException {
        Merged merged = merge(folder, manifest, runsOfSmallSegments(manifest.segments()));
        for (Path file : merged.replaced()) {
            Files.deleteIfExists(file);
        }
        return merged.manifest();
    }

    /** Merges what has gathered before and with a segment, if it is enough; the caller removes what was replaced. */
    static Merged mergeTiers(Path folder, Manifest manifest, Segment newest) throws IOException {
        List<List<Segment>> runs = gathered(manifest.segments(), newest);
        return runs.isEmpty() ? new Merged(manifest, List.of()) : merge(folder, manifest, runs);
    }

    /** Runs of segments that are to be one each, now that the newest of its partition is there. */
    static List<List<Segment>> gathered(List<Segment> segments, Segment newest) {
        List<Segment> tail = tail(segments, newest);
        // Higher tiers first: what they take need not be merged in a lower one before.
        for (int tier = TIERS.size() - 1; tier >= 0; tier--) {
            List<Segment> run = smallestAtEnd(tail, TIERS.get(tier));
            if (run.size() >= SEGMENTS_A_TIER * (tier + 1)) {
                return runsOfSmallSegments(run);
            }
        }
        return List.of();
    }

    private static Merged merge(Path folder, Manifest manifest, List<List<Segment>> runs) throws IOException {
        Set<Segment> remaining = new HashSet<>(manifest.segments());
        List<Path> replaced = new ArrayList<>();
        for (List<Segment> run : runs) {
            run.forEach(remaining::remove);
            remaining.add(mergeRun(folder, manifest, run));
            run.forEach(segment -> replaced.add(folder.resolve(segment.file())));
        }
        Manifest merged = manifest.withSegments(List.copyOf(remaining));
        ManifestFile.write(folder, merged);
        return new Merged(merged, replaced);
    }

    /** The segments that end with this one, each of which goes on where the one before ended. */
    private static List<Segment> tail(List<Segment> segments, Segment newest) {
        int until = segments.indexOf(newest) + 1;
        int from = until - 1;
        while (from > 0 && continues(segments.get(from - 1), segments.get(from))) {
            from--;
        }
        return segments.subList(from, until);
    }

    /** Those at the end of which none is larger. */
    private static List<Segment> smallestAtEnd(List<Segment> segments, long belowBytes) {
        int from = segments.size();
        while (from > 0 && segments.get(from - 1).sizeBytes() < belowBytes) {
            from--;
        }
        return segments.subList(from, segments.size());
    }

    private static List<List<Segment>> runsOfSmallSegments(List<Segment> segments) {
        List<List<Segment>> runs = new ArrayList<>();
        List<Segment> run = new ArrayList<>();
        long runBytes = 0;
        for (Segment segment : segments) {
            boolean continues = !run.isEmpty() && continues(run.get(run.size() - 1), segment);
            if (!continues || runBytes + segment.sizeBytes() > MERGED_BYTES) {
                keepIfSeveral(runs, run);
                run = new ArrayList<>();
                runBytes = 0;
            }
            if (segment.sizeBytes() < SMALL_BYTES) {
                run.add(segment);
                runBytes += segment.sizeBytes();
            } else {
                keepIfSeveral(runs, run);
                run = new ArrayList<>();
                runBytes = 0;
            }
        }
        keepIfSeveral(runs, run);
        return runs;
    }

    private static void keepIfSeveral(List<List<Segment>> runs, List<Segment> run) {
        if (run.size() > 1) {
            runs.add(run);
        }
    }

    private static boolean continues(Segment before, Segment after) {
        return before.samePartition(after) && before.nextOffset() == after.fromOffset();
    }

    private static Segment mergeRun(Path folder, Manifest manifest, List<Segment> run) throws IOException {
        Segment whole = run.stream().reduce(Segment::and).orElseThrow();
        Table table = Table.of(whole.table());
        Path open = SegmentNames.openPath(folder, manifest, whole);
        Path sealed = SegmentNames.sealedPath(folder, manifest, whole);
        Files.deleteIfExists(open);
        try (SegmentFile out = table.newFile(open, manifest.format())) {
            for (Segment segment : run) {
                copyRows(folder.resolve(segment.file()), table.schema(manifest.format()), out);
            }
            out.finish(Footer.of(manifest, whole));
            out.seal(sealed);
            return whole.sealedAs(SegmentNames.nameInManifest(sealed), out.writtenBytes(), out.sha256());
        }
    }

    private static void copyRows(Path from, MessageType schema, SegmentFile to) throws IOException {
        try (SegmentRows rows = new SegmentRows(from, schema)) {
            for (long left = rows.nextRowGroup(); left >= 0; left = rows.nextRowGroup()) {
                for (; left > 0; left--) {
                    to.endRow(copyRow(rows.columns(), to.columns()));
                    if (to.bufferedBytes() >= BUFFERED_BYTES || to.bufferedRows() >= ROWS_PER_GROUP) {
                        to.endRowGroup();
                    }
                }
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(from, e);
        }
    }

    /** Copies a row's values with their levels; returns its size, roughly. */
    private static long copyRow(ColumnCursor[] from, ColumnBuffer[] to) {
        long size = 0;
        for (int i = 0; i < from.length; i++) {
            int repetition = 0;
            do {
                size += copyValue(from[i], to[i], repetition);
                // No list of ours lies in another one.
                repetition = 1;
            } while (from[i].isOfSameList());
        }
        return size;
    }

    private static long copyValue(ColumnCursor from, ColumnBuffer to, int repetition) {
        int definition = from.definition();
        Object value = from.next();
        if (value == null) {
            to.writeNull(repetition, definition);
            return 1;
        }
        if (value instanceof Binary bytes) {
            to.write(bytes, repetition, definition);
            return bytes.length();
        }
        if (value instanceof Boolean flag) {
            to.write(flag.booleanValue(), repetition, definition);
        } else {
            to.write(((Long) value).longValue(), repetition, definition);
        }
        return Long.BYTES;
    }
}
