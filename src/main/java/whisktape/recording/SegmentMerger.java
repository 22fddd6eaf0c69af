package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;

/**
 * Merges small segments that continue each other. The merged file gets its name before the manifest is replaced, and the
 * files it was made from go after that: a crash in between leaves a file too many, which {@link Recovery} removes.
 */
final class SegmentMerger {
    private static final long SMALL_BYTES = 16L << 20;
    private static final long MERGED_BYTES = 64L << 20;

    /** Rows in memory before they become a row group; as many as DuckDB likes to give one thread. */
    private static final int ROWS_PER_GROUP = 122_880;

    private static final long BUFFERED_BYTES = 32L << 20;

    private SegmentMerger() {}

    /** Merges what is small, replaces the manifest by this one, and returns it as it is then. */
    static Manifest merge(Path folder, Manifest manifest) throws IOException {
        Manifest merged = manifest;
        List<Path> replaced = new ArrayList<>();
        for (List<Segment> run : runsOfSmallSegments(manifest.segments())) {
            Set<Segment> remaining = new HashSet<>(merged.segments());
            run.forEach(remaining::remove);
            remaining.add(mergeRun(folder, manifest, run));
            merged = merged.withSegments(List.copyOf(remaining));
            run.forEach(segment -> replaced.add(folder.resolve(segment.file())));
        }
        ManifestFile.write(folder, merged);
        for (Path file : replaced) {
            Files.deleteIfExists(file);
        }
        return merged;
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
            Durable.rename(open, sealed);
            return whole.sealedAs(SegmentNames.nameInManifest(sealed), Files.size(sealed), out.sha256());
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
    private static long copyRow(ColumnReader[] from, ColumnWriter[] to) {
        long size = 0;
        for (int i = 0; i < from.length; i++) {
            if (from[i] == null) {
                to[i].writeNull(0, 0);
                continue;
            }
            do {
                size += copyValue(from[i], to[i]);
                from[i].consume();
            } while (from[i].getCurrentRepetitionLevel() > 0);
        }
        return size;
    }

    private static long copyValue(ColumnReader from, ColumnWriter to) {
        int repetition = from.getCurrentRepetitionLevel();
        int definition = from.getCurrentDefinitionLevel();
        if (definition < from.getDescriptor().getMaxDefinitionLevel()) {
            to.writeNull(repetition, definition);
            return 1;
        }
        switch (from.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case INT32 -> to.write(from.getInteger(), repetition, definition);
            case INT64 -> to.write(from.getLong(), repetition, definition);
            case BOOLEAN -> to.write(from.getBoolean(), repetition, definition);
            case BINARY -> {
                Binary value = Binary.fromConstantByteArray(from.getBinary().getBytes());
                to.write(value, repetition, definition);
                return value.length();
            }
            default -> throw new IllegalStateException("no column of ours is " + from.getDescriptor());
        }
        return Long.BYTES;
    }
}
