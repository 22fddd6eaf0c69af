package whisktape.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Unpacks Parquet's encoding of small numbers, some at a time: runs of the same number, and groups of eight packed into as few bits as
 * the largest needs, the lowest byte first.
 */
final class RunLengths {
    private static final int GROUP = 8;

    private final ByteBuffer bytes;
    private final int bitWidth;
    private final BytePacker packer;

    private int repeated;
    private int repeats;

    /** Packed groups that follow. */
    private int groups;

    /** The last one of those before, where not all of it was wanted. */
    private final int[] group = new int[GROUP];

    private int nextInGroup = GROUP;

    /** Of what is left of the bytes. */
    RunLengths(ByteBuffer bytes, int bitWidth) {
        this.bytes = bytes;
        this.bitWidth = bitWidth;
        this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
    }

    /** The next numbers, so many. */
    int[] next(int count) {
        int[] numbers = new int[count];
        next(numbers, count);
        return numbers;
    }

    /** Puts the next numbers, so many, at the beginning of an array. */
    void next(int[] numbers, int count) {
        int filled = 0;
        while (filled < count) {
            if (nextInGroup < GROUP) {
                numbers[filled++] = group[nextInGroup++];
            } else if (repeats > 0) {
                int until = filled + Math.min(repeats, count - filled);
                Arrays.fill(numbers, filled, until, repeated);
                repeats -= until - filled;
                filled = until;
            } else if (groups == 0) {
                readHeader();
            } else if (count - filled >= GROUP) {
                readGroup(numbers, filled);
                filled += GROUP;
            } else {
                readGroup(group, 0);
                nextInGroup = 0;
            }
        }
    }

    private void readHeader() {
        int header = unsignedVarInt();
        if ((header & 1) == 0) {
            repeats = header >>> 1;
            repeated = 0;
            for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
                repeated |= (bytes.get() & 0xff) << shift;
            }
        } else {
            groups = header >>> 1;
        }
    }

    private void readGroup(int[] to, int from) {
        packer.unpack8Values(bytes, bytes.position(), to, from);
        bytes.position(bytes.position() + bitWidth);
        groups--;
    }

    private int unsignedVarInt() {
        int number = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = bytes.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of more than 32 bits");
    }
}
