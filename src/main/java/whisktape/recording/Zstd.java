package whisktape.recording;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Page compression straight through zstd-jni: parquet-java's own codec goes through Hadoop's configuration, which costs
 * time at start-up, and through streams, which cost time on every page.
 */
final class Zstd implements CompressionCodecFactory {
    /** On events level 1 makes smaller files than the default, 3, in less time: repeats are short and near. */
    private static final int LEVEL = 1;

    private final ZstdCompressCtx compression = new ZstdCompressCtx().setLevel(LEVEL);
    private final ZstdDecompressCtx decompression = new ZstdDecompressCtx();

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName name) {
        return new BytesInputCompressor() {
            @Override
            public BytesInput compress(BytesInput bytes) throws IOException {
                return BytesInput.from(compression.compress(arrayOf(bytes)));
            }

            @Override
            public CompressionCodecName getCodecName() {
                return CompressionCodecName.ZSTD;
            }

            @Override
            public void release() {}
        };
    }

    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName name) {
        if (name != CompressionCodecName.ZSTD) {
            throw new IllegalArgumentException("whisktape segments are compressed with zstd, this one with " + name);
        }
        return new BytesInputDecompressor() {
            @Override
            public BytesInput decompress(BytesInput bytes, int size) throws IOException {
                return BytesInput.from(decompression.decompress(arrayOf(bytes), size));
            }

            @Override
            public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize) {
                byte[] compressed = new byte[inputSize];
                input.get(compressed);
                output.put(decompression.decompress(compressed, outputSize));
            }

            @Override
            public void release() {}
        };
    }

    static byte[] arrayOf(BytesInput bytes) throws IOException {
        byte[] array = new byte[Math.toIntExact(bytes.size())];
        bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), unused -> {}).get(array);
        return array;
    }

    @Override
    public void release() {
        compression.close();
        decompression.close();
    }
}
