package whisktape.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.apache.parquet.column.values.bitpacking.BytePacker;
import org.apache.parquet.column.values.bitpacking.Packer;

/** Parquet's encoding of small numbers: runs of the same number, and groups of eight packed into as few bits as the largest needs. */
final class RunLengths {
    private static final int GROUP = 8;

    private RunLengths() {}

    /** So many numbers of a width in bits, which begin here, the lowest byte first. */
    static int[] unpack(ByteBuffer bytes, int bitWidth, int count) {
        // Room for the last group, which is filled up.
        int[] numbers = new int[count + GROUP];
        BytePacker packer = Packer.LITTLE_ENDIAN.newBytePacker(bitWidth);
        int filled = 0;
        while (filled < count) {
            int header = unsignedVarInt(bytes);
            if ((header & 1) == 0) {
                int until = Math.min(count, Math.addExact(filled, header >>> 1));
                Arrays.fill(numbers, filled, until, number(bytes, bitWidth));
                filled = until;
            } else {
                for (int groups = header >>> 1; groups > 0; groups--) {
                    // What is beyond the last number is padding.
                    if (filled < count) {
                        packer.unpack8Values(bytes, bytes.position(), numbers, filled);
                        filled += GROUP;
                    }
                    bytes.position(bytes.position() + bitWidth);
                }
            }
        }
        return Arrays.copyOf(numbers, count);
    }

    private static int number(ByteBuffer bytes, int bitWidth) {
        int number = 0;
        for (int shift = 0; shift < bitWidth; shift += Byte.SIZE) {
            number |= (bytes.get() & 0xff) << shift;
        }
        return number;
    }

    private static int unsignedVarInt(ByteBuffer bytes) {
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
