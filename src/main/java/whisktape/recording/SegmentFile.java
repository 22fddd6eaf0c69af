package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * A Parquet file being written: columns are collected in {@link ColumnBuffer}s, and parquet-java makes the file of their pages. The memory held is what was {@link #endRow buffered} since the last row group; the owner bounds it.
 */
final class SegmentFile implements AutoCloseable {
    private static final int LONGEST_STATISTIC_BYTES = 64;
    private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    private final MessageType schema;
    private final SegmentOutput output;
    private final ParquetFileWriter file;
    private final Zstd zstd = new Zstd();
    private final ColumnBuffer[] columns;

    private ColumnChunkPageWriteStore pages;
    private long rowsInGroup;
    private long bufferedBytes;

    SegmentFile(Path path, MessageType schema, Set<String> withoutDictionary, Set<String> withoutStatistics)
            throws IOException {
        this.schema = schema;
        this.output = new SegmentOutput(path);
        this.file = new ParquetFileWriter(
                output,
                schema,
                ParquetFileWriter.Mode.CREATE,
                Long.MAX_VALUE,
                0,
                LONGEST_STATISTIC_BYTES,
                LONGEST_STATISTIC_BYTES,
                false);
        this.columns = schema.getColumns().stream()
                .map(column -> {
                    String name = String.join(".", column.getPath());
                    return ColumnBuffer.of(
                            column, !withoutDictionary.contains(name), !withoutStatistics.contains(name));
                })
                .toArray(ColumnBuffer[]::new);
        file.start();
        beginRowGroup();
    }

    /** The writers of all leaf columns in schema order. */
    ColumnBuffer[] columns() {
        return columns;
    }

    /** Ends a row after all its columns were written. */
    void endRow(long sizeBytes) {
        endRows(1, sizeBytes);
    }

    /** Ends so many rows after all their columns were written. */
    void endRows(int count, long sizeBytes) {
        rowsInGroup += count;
        bufferedBytes += sizeBytes;
    }

    /** What the rows since the last row group hold in memory, roughly. */
    long bufferedBytes() {
        return bufferedBytes;
    }

    long bufferedRows() {
        return rowsInGroup;
    }

    /** Bytes in the file so far. */
    long writtenBytes() {
        return output.sizeBytes();
    }

    void endRowGroup() throws IOException {
        if (rowsInGroup > 0) {
            writeRowGroup();
            beginRowGroup();
        }
    }

    /** Completes the file and brings it to the disk. */
    void finish(Map<String, String> footer) throws IOException {
        if (rowsInGroup > 0) {
            writeRowGroup();
        }
        file.end(footer);
        file.close();
        output.complete();
    }

    /** Gives the finished file its final name. */
    void seal(Path sealed) throws IOException {
        output.seal(sealed);
    }

    /** The checksum of the finished file. */
    String sha256() {
        return output.sha256();
    }

    @Override
    public void close() throws IOException {
        zstd.release();
        try (output) {
            file.close();
        }
    }

    private void beginRowGroup() {
        pages = new ColumnChunkPageWriteStore(zstd.getCompressor(null), schema, HEAP, LONGEST_STATISTIC_BYTES, false);
        for (ColumnBuffer column : columns) {
            column.begin(pages.getPageWriter(column.column()));
        }
        rowsInGroup = 0;
        bufferedBytes = 0;
    }

    private void writeRowGroup() throws IOException {
        file.startBlock(rowsInGroup);
        for (ColumnBuffer column : columns) {
            column.end();
        }
        pages.flushToFileWriter(file);
        file.endBlock();
        pages.close();
        rowsInGroup = 0;
    }
}
