package whisktape.recording;

import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/**
 * Encodes what {@link RunLengths} reads. All numbers are there already, so runs are found by looking at whole stretches and not one by
 * one.
 */
final class RunLengthEncoder {
    private static final int GROUP = 8;

    /** A run pays where its numbers would take more bits than its header, its number, and the header of what follows. */
    private static final int LEAST_RUN_BITS = 32;

    private static final int LONGEST_HEADER_BYTES = 5;

    private final int bitWidth;
    private final int leastRun;

    /** So short that a run which pays has one of these in it, wherever they begin. */
    private final int stretch;

    private final BytePacker packer;
    private byte[] bytes;
    private int end;

    private RunLengthEncoder(int bitWidth, int count) {
        this.bitWidth = bitWidth;
        this.leastRun = Math.max(GROUP, LEAST_RUN_BITS / Math.max(1, bitWidth));
        this.stretch = leastRun / 2;
        this.packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
        this.bytes = new byte[count / GROUP * bitWidth / 2 + LONGEST_HEADER_BYTES];
    }

    /** The first so many numbers, none of which needs more bits than this. */
    static BytesInput encode(int[] numbers, int count, int bitWidth) {
        RunLengthEncoder encoder = new RunLengthEncoder(bitWidth, count);
        encoder.addAll(numbers, count);
        return BytesInput.from(encoder.bytes, 0, encoder.end);
    }

    private void addAll(int[] numbers, int count) {
        int packedFrom = 0;
        int at = 0;
        while (at < count) {
            int next = Math.min(at + stretch, count);
            if (isSame(numbers, at, next)) {
                int runStart = startOfRun(numbers, packedFrom, at);
                int runEnd = endOfRun(numbers, at, count);
                // Groups are full, all but the last one: a run's first numbers complete the one before it.
                int runFrom = runStart + (packedFrom - runStart & GROUP - 1);
                if (runEnd - runFrom >= leastRun) {
                    addGroups(numbers, packedFrom, runFrom);
                    addRun(numbers[at], runEnd - runFrom);
                    packedFrom = runEnd;
                }
                next = runEnd;
            }
            at = next;
        }
        addGroups(numbers, packedFrom, count);
    }

    /** True if these are all the same; without a branch for each, for mostly they are not. */
    private static boolean isSame(int[] numbers, int from, int until) {
        int differences = 0;
        for (int i = from + 1; i < until; i++) {
            differences |= numbers[i] ^ numbers[from];
        }
        return differences == 0;
    }

    private static int startOfRun(int[] numbers, int notBefore, int at) {
        int start = at;
        while (start > notBefore && numbers[start - 1] == numbers[at]) {
            start--;
        }
        return start;
    }

    private static int endOfRun(int[] numbers, int from, int count) {
        int end = from + 1;
        while (end < count && numbers[end] == numbers[from]) {
            end++;
        }
        return end;
    }

    private void addGroups(int[] numbers, int from, int until) {
        if (from == until) {
            return;
        }
        int groups = (until - from + GROUP - 1) / GROUP;
        makeRoom(LONGEST_HEADER_BYTES + groups * bitWidth);
        addHeader(groups << 1 | 1);
        int at = from;
        for (; at <= until - GROUP; at += GROUP) {
            packer.pack8Values(numbers, at, bytes, end);
            end += bitWidth;
        }
        if (at < until) {
            packer.pack8Values(Arrays.copyOf(Arrays.copyOfRange(numbers, at, until), GROUP), 0, bytes, end);
            end += bitWidth;
        }
    }

    private void addRun(int number, int length) {
        makeRoom(LONGEST_HEADER_BYTES + Integer.BYTES);
        addHeader(length << 1);
        for (int bits = 0; bits < bitWidth; bits += Byte.SIZE) {
            bytes[end++] = (byte) (number >>> bits);
        }
    }

    /** Seven bits a byte, the lowest first; the highest bit says that another one follows. */
    private void addHeader(int header) {
        int rest = header;
        for (; (rest & ~0x7f) != 0; rest >>>= 7) {
            bytes[end++] = (byte) (rest | 0x80);
        }
        bytes[end++] = (byte) rest;
    }

    private void makeRoom(int more) {
        if (bytes.length - end < more) {
            bytes = Arrays.copyOf(bytes, end + Math.max(more, end / 2));
        }
    }
}
