package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    /** Many more than ids, so that most new ones find theirs empty. */
    private static final int SLOTS = WINDOW * 4;

    /** Of the last ids, each at its number's last bits. */
    private final long[] fingerprints = new long[WINDOW];

    /** By slot, the number of the last id that has it. */
    private final int[] latest = new int[SLOTS];

    /** Beside the fingerprints, the number of the id before that has the same slot. */
    private final int[] before = new int[WINDOW];

    /** The fingerprints of the rows that are being added. */
    private long[] asked = new long[0];

    /** The number of the next id; they go round. Those that nobody has given yet are too old to count. */
    private int next = WINDOW + 1;

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
        return addAndTest(EightBytes.hash(bytes, 0, bytes.length));
    }

    /** The same for all activation ids of these rows: how many were there already. */
    int addAndCount(EventRows rows) {
        if (asked.length < rows.count()) {
            asked = new long[rows.count()];
        }
        int ids = 0;
        int start = 0;
        for (int row = 0; row < rows.count(); row++) {
            int end = rows.activationIdEnds()[row];
            if (rows.has(EventField.ACTIVATION_ID, row)) {
                asked[ids++] = EightBytes.hash(rows.activationIds(), start, end);
            }
            start = end;
        }
        // By themselves these looks into memory are so short that the processor has several of them under way at once.
        int known = 0;
        for (int i = 0; i < ids; i++) {
            known += addAndTest(asked[i]) ? 1 : 0;
        }
        return known;
    }

    private boolean addAndTest(long fingerprint) {
        int slot = (int) fingerprint & SLOTS - 1;
        for (int number = latest[slot]; isRecent(number); number = before[place(number)]) {
            if (fingerprints[place(number)] == fingerprint) {
                return true;
            }
        }
        fingerprints[place(next)] = fingerprint;
        before[place(next)] = latest[slot];
        latest[slot] = next++;
        return false;
    }

    /** True if it is one of the last ids', and its place still holds it. */
    private boolean isRecent(int number) {
        return Integer.compareUnsigned(next - 1 - number, WINDOW) < 0;
    }

    private static int place(int number) {
        return number & WINDOW - 1;
    }
}
