package whisktape.recording;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.BitSet;
import java.util.List;
import org.apache.parquet.schema.MessageType;

/**
 * Which documents of a recording stand in others too, by {@code _id} and {@code _rev}; where a dump has no {@code _rev}, by
 * {@code _id} and text. The others' revisions are looked at in parts that fit into memory, by 127 bits of a checksum each; of
 * the recording's own rows a bit is kept.
 */
final class KnownRevisions {
    /** 32 bytes each at most. */
    private static final long REVISIONS_AT_ONCE = 1 << 20;

    private static final MessageType REVISIONS =
            SegmentRows.project(ActivationColumns.SCHEMA, List.of(ActivationColumns.ID, ActivationColumns.REV));
    private static final MessageType TEXTS = SegmentRows.project(
            ActivationColumns.SCHEMA, List.of(ActivationColumns.ID, ActivationColumns.REV, ActivationColumns.DOCUMENT));

    private final MessageDigest digest = Durable.newDigest();
    private final int parts;
    private final boolean byText;
    private long[] high;
    private long[] low;

    /** A place in a life, wherever it was recorded. */
    record Rows(Recording recording, List<Segment> segments) {
        long count() {
            return segments.stream().mapToLong(Segment::rows).sum();
        }
    }

    private KnownRevisions(int parts, boolean byText) {
        this.parts = parts;
        this.byText = byText;
    }

    /** By number from 0, those rows of a recording that one of the others has too. */
    static BitSet of(Rows rows, List<Rows> others) throws IOException {
        return of(rows, others, REVISIONS_AT_ONCE);
    }

    static BitSet of(Rows rows, List<Rows> others, long atOnce) throws IOException {
        long revisions = others.stream().mapToLong(Rows::count).sum();
        BitSet found = new BitSet();
        if (revisions == 0) {
            return found;
        }
        boolean byText = lacksRevisions(rows);
        KnownRevisions known = new KnownRevisions(Math.toIntExact((revisions + atOnce - 1) / atOnce), byText);
        for (int part = 0; part < known.parts; part++) {
            known.findPart(part, rows, others, revisions, found);
        }
        return found;
    }

    private void findPart(int part, Rows rows, List<Rows> others, long revisions, BitSet found) throws IOException {
        // Checksums spread evenly, but not exactly so; a table that is half full at most stays quick.
        int slots = Integer.highestOneBit(Math.toIntExact(Math.min(1 << 28, revisions / parts + 1))) << 2;
        high = new long[slots];
        low = new long[slots];
        for (Rows other : others) {
            read(other, part, (row, first, second) -> {
                int slot = slotOf(first, second);
                high[slot] = first;
                low[slot] = second;
            });
        }
        read(rows, part, (row, first, second) -> {
            if (high[slotOf(first, second)] == first) {
                found.set(Math.toIntExact(row));
            }
        });
    }

    /** Texts are most of a recording's bytes, so they are read only where there is need. */
    private static boolean lacksRevisions(Rows rows) throws IOException {
        for (Segment segment : rows.segments()) {
            try (RowReader reader = new RowReader(rows.recording().fileOf(segment), REVISIONS)) {
                while (reader.hasRow()) {
                    reader.begin();
                    byte[] id = reader.bytes();
                    byte[] rev = reader.bytes();
                    if (id != null && rev == null) {
                        return true;
                    }
                }
            }
        }
        return false;
    }

    private interface Visitor {
        void visit(long row, long first, long second);
    }

    private void read(Rows rows, int part, Visitor visitor) throws IOException {
        long number = 0;
        for (Segment segment : rows.segments()) {
            Path file = rows.recording().fileOf(segment);
            try (RowReader reader = new RowReader(file, byText ? TEXTS : REVISIONS)) {
                for (; reader.hasRow(); number++) {
                    reader.begin();
                    byte[] id = reader.bytes();
                    byte[] rev = reader.bytes();
                    byte[] text = byText ? reader.bytes() : null;
                    if (id != null && (rev != null || text != null)) {
                        visit(number, id, rev == null ? "text" : "rev", rev == null ? text : rev, part, visitor);
                    }
                }
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                throw SegmentRows.damaged(file, e);
            }
        }
    }

    private void visit(long number, byte[] id, String kind, byte[] value, int part, Visitor visitor) {
        digest.update((kind + " " + value.length + " ").getBytes(StandardCharsets.US_ASCII));
        digest.update(value);
        ByteBuffer checksum = ByteBuffer.wrap(digest.digest(id));
        // An empty slot has zeros.
        long first = checksum.getLong() | 1;
        long second = checksum.getLong();
        if (Long.remainderUnsigned(second, parts) == part) {
            visitor.visit(number, first, second);
        }
    }

    private int slotOf(long first, long second) {
        int slot = (int) (first >>> 1) & high.length - 1;
        while (high[slot] != 0 && (high[slot] != first || low[slot] != second)) {
            slot = slot + 1 & high.length - 1;
        }
        return slot;
    }
}
