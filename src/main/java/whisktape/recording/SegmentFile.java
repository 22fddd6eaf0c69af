package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferAllocator;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.column.values.deltalengthbytearray.DeltaLengthByteArrayValuesWriter;
import org.apache.parquet.column.values.factory.DefaultV1ValuesWriterFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * A Parquet file being written straight into parquet-java's column writers: its row-wise writer spends most of its time
 * walking the schema. The memory held is what was {@link #endRow buffered} since the last row group; the owner bounds it.
 */
final class SegmentFile implements AutoCloseable {
    private static final int PAGE_BYTES = 1 << 20;
    private static final int DICTIONARY_BYTES = 1 << 18;
    /** Few, because as many rows of a megabyte may come to lie in one page before it is found to be full. */
    private static final int ROWS_BETWEEN_PAGE_CHECKS = 16;

    private static final int LONGEST_STATISTIC_BYTES = 64;
    private static final ByteBufferAllocator HEAP = HeapByteBufferAllocator.getInstance();

    private final MessageType schema;
    private final ParquetProperties properties;
    private final SegmentOutput output;
    private final ParquetFileWriter file;
    private final Zstd zstd = new Zstd();
    private final ColumnWriter[] columns;

    private ColumnChunkPageWriteStore pages;
    private ColumnWriteStore store;
    private long rowsInGroup;
    private long bufferedBytes;

    SegmentFile(Path path, MessageType schema, Set<String> withoutDictionary, Set<String> withoutStatistics)
            throws IOException {
        this.schema = schema;
        this.properties = properties(withoutDictionary, withoutStatistics);
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
        this.columns = new ColumnWriter[schema.getColumns().size()];
        file.start();
        beginRowGroup();
    }

    /** The writers of all leaf columns in schema order; they change with every row group. */
    ColumnWriter[] columns() {
        return columns;
    }

    /** Ends a row after all its columns were written. */
    void endRow(long sizeBytes) {
        store.endRecord();
        rowsInGroup++;
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
        store = properties.newColumnWriteStore(schema, pages);
        List<ColumnDescriptor> descriptors = schema.getColumns();
        for (int i = 0; i < columns.length; i++) {
            columns[i] = store.getColumnWriter(descriptors.get(i));
        }
        rowsInGroup = 0;
        bufferedBytes = 0;
    }

    private void writeRowGroup() throws IOException {
        file.startBlock(rowsInGroup);
        store.flush();
        pages.flushToFileWriter(file);
        file.endBlock();
        store.close();
        pages.close();
        rowsInGroup = 0;
    }

    private static ParquetProperties properties(Set<String> withoutDictionary, Set<String> withoutStatistics) {
        ParquetProperties.Builder builder = ParquetProperties.builder()
                .withPageSize(PAGE_BYTES)
                .withDictionaryPageSize(DICTIONARY_BYTES)
                // Estimating when a page will be full goes wrong when small values are followed by large ones.
                .withMinRowCountForPageSizeCheck(ROWS_BETWEEN_PAGE_CHECKS)
                .estimateRowCountForPageSizeCheck(false)
                .withSizeStatisticsEnabled(false)
                .withAllocator(HEAP)
                .withValuesWriterFactory(new Encodings());
        withoutDictionary.forEach(column -> builder.withDictionaryEncoding(column, false));
        withoutStatistics.forEach(column -> builder.withStatisticsEnabled(column, false));
        return builder.build();
    }

    /**
     * Data pages of Parquet 1, which every reader knows, but differences instead of plain 64-bit numbers, and lengths apart from the
     * bytes: between random ids they would keep zstd from seeing that there are sixteen letters only.
     */
    private static final class Encodings extends DefaultV1ValuesWriterFactory {
        private static final int FIRST_SLAB_BYTES = 1 << 12;
        private ParquetProperties properties;

        @Override
        public void initialize(ParquetProperties properties) {
            super.initialize(properties);
            this.properties = properties;
        }

        @Override
        public ValuesWriter newValuesWriter(ColumnDescriptor column) {
            if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64
                    && !properties.isDictionaryEnabled(column)) {
                return new DeltaBinaryPackingValuesWriterForLong(FIRST_SLAB_BYTES, PAGE_BYTES, HEAP);
            }
            if (column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                    && !properties.isDictionaryEnabled(column)) {
                return new DeltaLengthByteArrayValuesWriter(FIRST_SLAB_BYTES, PAGE_BYTES, HEAP);
            }
            return super.newValuesWriter(column);
        }
    }
}
