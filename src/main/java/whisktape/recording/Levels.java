package whisktape.recording;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;

/**
 * Small numbers of a column since its last page: levels, or places in its dictionary. As long as all are the same, which most are, only
 * their count is kept.
 */
final class Levels {
    private static final int FEWEST = 1024;

    private int[] numbers;
    private int count;
    private int first;
    private boolean same = true;

    void add(int number) {
        if (same) {
            if (count == 0) {
                first = number;
            }
            if (number == first) {
                count++;
                return;
            }
        }
        makeRoom(1);
        numbers[count++] = number;
    }

    /** Adds the same number so many times. */
    void add(int number, int times) {
        if (same && (count == 0 || number == first)) {
            first = number;
            count += times;
            return;
        }
        makeRoom(times);
        Arrays.fill(numbers, count, count + times, number);
        count += times;
    }

    /** Room behind what is there, for so many numbers that are set from {@link #count} on and then {@link #goTo gone to}. */
    int[] room(int more) {
        makeRoom(more);
        return numbers;
    }

    int count() {
        return count;
    }

    void goTo(int end) {
        count = end;
    }

    void clear() {
        count = 0;
        same = true;
    }

    /** As places in a dictionary of so many entries: behind the number of bits that each has. */
    BytesInput encodedPlaces(int entries) throws IOException {
        int bitWidth = BytesUtils.getWidthFromMaxInt(entries - 1);
        return BytesInput.concat(BytesInput.from(new byte[] {(byte) bitWidth}), encoded(bitWidth));
    }

    /** In Parquet's encoding of runs and packed bits, without a length in front. */
    BytesInput encoded(int bitWidth) throws IOException {
        if (same) {
            return run(bitWidth);
        }
        return RunLengthEncoder.encode(numbers, count, bitWidth);
    }

    /** One run: twice its length, as an even number says that it is one, and its number. */
    private BytesInput run(int bitWidth) throws IOException {
        byte[] number = new byte[BytesUtils.paddedByteCountFromBits(bitWidth)];
        for (int i = 0; i < number.length; i++) {
            number[i] = (byte) (first >>> Byte.SIZE * i);
        }
        return BytesInput.concat(BytesInput.fromUnsignedVarInt(count << 1), BytesInput.from(number));
    }

    /** From here on each number is kept by itself. */
    private void makeRoom(int more) {
        int least = count + more;
        if (numbers == null || numbers.length < least) {
            int[] larger = new int[Math.max(FEWEST, Math.max(least, count + (count >> 1)))];
            if (!same) {
                System.arraycopy(numbers, 0, larger, 0, count);
            }
            numbers = larger;
        }
        if (same) {
            Arrays.fill(numbers, 0, count, first);
            same = false;
        }
    }
}
