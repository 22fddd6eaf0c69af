package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.schema.MessageType;
import whisktape.EventField;
import whisktape.shapes.EightBytes;
import whisktape.shapes.EventRows;

/**
 * Tells whether an id came shortly before. OpenWhisk's producers repeat a message within a second or so, and CouchDB a change
 * when it was restarted, so the last 65,536 ids are enough; 64-bit fingerprints stand for them.
 */
final class RecentIds {
    static final int WINDOW = 1 << 16;

    private static final int SLOTS = WINDOW * 2;
    private static final long EMPTY = 0;

    private long[] newer = new long[SLOTS];
    private long[] older = new long[SLOTS];
    private int inNewer;

    /** Remembers the activation ids of the events at the end of a recording that goes on. */
    static RecentIds ofEvents(Path folder, List<Segment> segments) throws IOException {
        return atEndOf(folder, segments, Table.EVENTS, List.of("activation_id"), RowReader::text);
    }

    /** Remembers the revisions of the documents at the end of a recording that goes on. */
    static RecentIds ofDocuments(Path folder, List<Segment> segments) throws IOException {
        return atEndOf(
                folder,
                segments,
                Table.ACTIVATIONS,
                List.of(ActivationColumns.INCARNATION, ActivationColumns.ID, ActivationColumns.REV),
                row -> revision(row.integer(), row.text(), row.text()));
    }

    /** One revision of one document; null where nobody knows which it is. */
    static String revision(int incarnation, String id, String rev) {
        return id == null || rev == null ? null : incarnation + " " + rev + " " + id;
    }

    private static RecentIds atEndOf(
            Path folder, List<Segment> segments, Table table, List<String> columns, Function<RowReader, String> id)
            throws IOException {
        List<Segment> some =
                segments.stream().filter(segment -> segment.isOf(table)).toList();
        long rows = 0;
        int first = some.size();
        while (first > 0 && rows < WINDOW) {
            first--;
            rows += some.get(first).rows();
        }
        RecentIds ids = new RecentIds();
        for (Segment segment : some.subList(first, some.size())) {
            ids.addAll(folder.resolve(segment.file()), SegmentRows.project(table.schema(), columns), id);
        }
        return ids;
    }

    private void addAll(Path file, MessageType schema, Function<RowReader, String> id) throws IOException {
        try (RowReader rows = new RowReader(file, schema)) {
            while (rows.hasRow()) {
                rows.begin();
                String known = id.apply(rows);
                if (known != null) {
                    addAndTest(known);
                }
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw SegmentRows.damaged(file, e);
        }
    }

    /** Remembers the id. True if it was there already. */
    boolean addAndTest(String id) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        return addAndTest(bytes, 0, bytes.length);
    }

    /** The same for all activation ids of these rows: how many were there already. */
    int addAndCount(EventRows rows) {
        int known = 0;
        int start = 0;
        for (int row = 0; row < rows.count(); row++) {
            int end = rows.activationIdEnds()[row];
            if (rows.has(EventField.ACTIVATION_ID, row) && addAndTest(rows.activationIds(), start, end)) {
                known++;
            }
            start = end;
        }
        return known;
    }

    private boolean addAndTest(byte[] id, int start, int end) {
        long fingerprint = fingerprint(id, start, end);
        if (contains(older, fingerprint)) {
            return true;
        }
        return !add(fingerprint);
    }

    private boolean add(long fingerprint) {
        int slot = slotOf(newer, fingerprint);
        if (newer[slot] == fingerprint) {
            return false;
        }
        newer[slot] = fingerprint;
        if (++inNewer == WINDOW) {
            long[] oldest = older;
            older = newer;
            newer = oldest;
            Arrays.fill(newer, EMPTY);
            inNewer = 0;
        }
        return true;
    }

    private static boolean contains(long[] table, long fingerprint) {
        return table[slotOf(table, fingerprint)] == fingerprint;
    }

    private static int slotOf(long[] table, long fingerprint) {
        int slot = (int) fingerprint & SLOTS - 1;
        while (table[slot] != EMPTY && table[slot] != fingerprint) {
            slot = slot + 1 & SLOTS - 1;
        }
        return slot;
    }

    private static long fingerprint(byte[] id, int start, int end) {
        long hash = EightBytes.hash(id, start, end);
        return hash == EMPTY ? 1 : hash;
    }
}
