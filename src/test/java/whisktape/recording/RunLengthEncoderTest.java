package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.values.rle.RunLengthBitPackingHybridDecoder;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunLengthEncoderTest {
    private static final int SEEDS = 50;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 9, 16, 17, 31, 32})
    void whatIsEncodedIsReadByUsAndByParquetJava(int bitWidth) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] numbers = runsAndSingles(new Random(seed), bitWidth);

            byte[] encoded = encoded(numbers, bitWidth);

            assertThat(new RunLengths(ByteBuffer.wrap(encoded), bitWidth).next(numbers.length))
                    .as("seed %d", seed)
                    .isEqualTo(numbers);
            assertThat(readByParquetJava(encoded, bitWidth, numbers.length))
                    .as("seed %d", seed)
                    .isEqualTo(numbers);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 8, 9, 15, 16, 17, 100, 1000})
    void oneNumberAllAlongTakesAFewBytes(int count) throws IOException {
        int[] numbers = new int[count];
        Arrays.fill(numbers, 5);

        byte[] encoded = encoded(numbers, 3);

        assertThat(encoded).hasSizeLessThanOrEqualTo(7);
        assertThat(new RunLengths(ByteBuffer.wrap(encoded), 3).next(count)).isEqualTo(numbers);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 12})
    void nothingTakesMoreThanItsBitsAndAHeader(int bitWidth) throws IOException {
        for (int seed = 0; seed < SEEDS; seed++) {
            int[] numbers = runsAndSingles(new Random(seed), bitWidth);
            int groups = (numbers.length + 7) / 8;

            assertThat(encoded(numbers, bitWidth)).as("seed %d", seed).hasSizeLessThanOrEqualTo(groups * bitWidth + 5);
        }
    }

    private static byte[] encoded(int[] numbers, int bitWidth) throws IOException {
        return Zstd.arrayOf(RunLengthEncoder.encode(numbers, numbers.length, bitWidth));
    }

    /** Runs of lengths around those that matter, between numbers that differ. */
    private static int[] runsAndSingles(Random random, int bitWidth) {
        int[] numbers = new int[1 + random.nextInt(2000)];
        int at = 0;
        while (at < numbers.length) {
            int run = random.nextInt(3) == 0 ? 1 + random.nextInt(80) : 1;
            int number = bitWidth == Integer.SIZE ? random.nextInt() : random.nextInt() & (1 << bitWidth) - 1;
            for (; run > 0 && at < numbers.length; run--) {
                numbers[at++] = number;
            }
        }
        return numbers;
    }

    private static int[] readByParquetJava(byte[] encoded, int bitWidth, int count) throws IOException {
        RunLengthBitPackingHybridDecoder decoder =
                new RunLengthBitPackingHybridDecoder(bitWidth, ByteBufferInputStream.wrap(ByteBuffer.wrap(encoded)));
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = decoder.readInt();
        }
        return numbers;
    }
}
