package whisktape.analysis;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Which offsets of a recording are meant: a bit each, in blocks, so that offsets may be far apart. */
public final class OffsetSet {
    private static final int BLOCK_BITS = 16;
    private static final int WITHIN_BLOCK = (1 << BLOCK_BITS) - 1;

    private final Map<Block, BitSet> blocks = new HashMap<>();
    private long size;

    private record Block(int incarnation, int partition, long number) {}

    OffsetSet() {}

    /** Of rows of incarnation, partition and offset, which it closes. */
    static OffsetSet of(Rows rows) {
        OffsetSet offsets = new OffsetSet();
        try (rows) {
            while (rows.hasNext()) {
                List<Object> row = rows.next();
                offsets.add(
                        ((Number) row.get(0)).intValue(),
                        ((Number) row.get(1)).intValue(),
                        ((Number) row.get(2)).longValue());
            }
        }
        return offsets;
    }

    void add(int incarnation, int partition, long offset) {
        BitSet block = blocks.computeIfAbsent(block(incarnation, partition, offset), key -> new BitSet());
        int bit = (int) (offset & WITHIN_BLOCK);
        if (!block.get(bit)) {
            block.set(bit);
            size++;
        }
    }

    public boolean contains(int incarnation, int partition, long offset) {
        BitSet block = blocks.get(block(incarnation, partition, offset));
        return block != null && block.get((int) (offset & WITHIN_BLOCK));
    }

    public long size() {
        return size;
    }

    private static Block block(int incarnation, int partition, long offset) {
        return new Block(incarnation, partition, offset >> BLOCK_BITS);
    }
}
