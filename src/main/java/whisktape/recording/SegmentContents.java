package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DataPageV2;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.FileMetaData;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * All that a segment's file holds once it is unpacked, for who looks for what should not be there: footer, names of columns,
 * statistics, page index, dictionaries, pages and the values in them. Holds one row group in memory.
 */
public final class SegmentContents implements AutoCloseable {
    /** More different values than a dictionary has; beyond them values are shown again. */
    private static final int MOST_KNOWN = 1 << 18;

    private final ParquetFileReader file;
    private final MessageType schema;
    private final Visitor visitor;

    /** Who is shown the contents. */
    public interface Visitor {
        /** A whole value, a text of the footer, or the smallest or largest value of many, which may be shortened. */
        void value(String place, byte[] value);

        /** Decompressed bytes in which values stand among others. */
        void page(String place, byte[] bytes);
    }

    private SegmentContents(Path path, Visitor visitor) throws IOException {
        this.file = new ParquetFileReader(SegmentInput.of(path), Footer.readOptions());
        this.schema = file.getFooter().getFileMetaData().getSchema();
        this.visitor = visitor;
    }

    /**
     * Shows everything in a segment's file.
     *
     * @throws IOException where it is no complete Parquet file
     */
    public static void show(Path path, Visitor visitor) throws IOException {
        try (SegmentContents contents = new SegmentContents(path, visitor)) {
            contents.show();
        } catch (RuntimeException e) {
            throw new IOException("it is no complete Parquet file: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void show() throws IOException {
        showFooter();
        for (int group = 0; group < file.getRowGroups().size(); group++) {
            for (ColumnChunkMetaData chunk : file.getRowGroups().get(group).getColumns()) {
                showStatistics(chunk);
            }
            showPages(group);
            showValues(group);
        }
    }

    private void showFooter() {
        FileMetaData metadata = file.getFooter().getFileMetaData();
        visitor.value("the footer's created_by", utf8(metadata.getCreatedBy()));
        for (Map.Entry<String, String> entry : metadata.getKeyValueMetaData().entrySet()) {
            visitor.value("a key of the footer", utf8(entry.getKey()));
            visitor.value("the footer's metadata", utf8(entry.getValue()));
        }
        for (String[] column : schema.getPaths()) {
            visitor.value("the name of a column", utf8(String.join(".", column)));
        }
    }

    private void showStatistics(ColumnChunkMetaData chunk) throws IOException {
        String column = chunk.getPath().toDotString();
        Statistics<?> statistics = chunk.getStatistics();
        if (statistics != null && statistics.hasNonNullValue()) {
            showBound(column, chunk, statistics.getMinBytes());
            showBound(column, chunk, statistics.getMaxBytes());
        }
        ColumnIndex index = file.readColumnIndex(chunk);
        if (index != null) {
            index.getMinValues().forEach(bound -> showBound(column, chunk, array(bound)));
            index.getMaxValues().forEach(bound -> showBound(column, chunk, array(bound)));
        }
    }

    private void showBound(String column, ColumnChunkMetaData chunk, byte[] bound) {
        if (isText(chunk.getPrimitiveType().getPrimitiveTypeName())) {
            visitor.value("the statistics of column " + column, bound);
        }
    }

    private void showPages(int group) throws IOException {
        try (PageReadStore pages = file.readRowGroup(group)) {
            for (ColumnDescriptor column : schema.getColumns()) {
                String name = String.join(".", column.getPath());
                PageReader reader = pages.getPageReader(column);
                DictionaryPage dictionary = reader.readDictionaryPage();
                if (dictionary != null) {
                    visitor.page("the dictionary of column " + name, Zstd.arrayOf(dictionary.getBytes()));
                }
                for (DataPage page = reader.readPage(); page != null; page = reader.readPage()) {
                    visitor.page("a page of column " + name, bytes(page));
                }
            }
        }
    }

    private static byte[] bytes(DataPage page) throws IOException {
        if (page instanceof DataPageV1 plain) {
            return Zstd.arrayOf(plain.getBytes());
        }
        return Zstd.arrayOf(((DataPageV2) page).getData());
    }

    private void showValues(int group) throws IOException {
        try (PageReadStore pages = file.readRowGroup(group)) {
            ColumnReadStoreImpl store = new ColumnReadStoreImpl(
                    pages,
                    new DummyRecordConverter(schema).getRootConverter(),
                    schema,
                    file.getFooter().getFileMetaData().getCreatedBy());
            for (ColumnDescriptor column : schema.getColumns()) {
                if (isText(column.getPrimitiveType().getPrimitiveTypeName())) {
                    showValues(
                            String.join(".", column.getPath()),
                            store.getColumnReader(column),
                            pages.getPageReader(column).getTotalValueCount());
                }
            }
        }
    }

    /** Values of a dictionary are the same objects in every row. */
    private void showValues(String name, ColumnReader reader, long values) {
        Set<Binary> known = Collections.newSetFromMap(new IdentityHashMap<>());
        String place = "column " + name;
        int most = reader.getDescriptor().getMaxDefinitionLevel();
        for (long left = values; left > 0; left--) {
            if (reader.getCurrentDefinitionLevel() == most) {
                Binary value = reader.getBinary();
                if (known.add(value)) {
                    visitor.value(place, value.getBytes());
                }
                if (known.size() > MOST_KNOWN) {
                    known.clear();
                }
            }
            reader.consume();
        }
    }

    private static boolean isText(PrimitiveTypeName type) {
        return type == PrimitiveTypeName.BINARY || type == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
    }

    private static byte[] array(java.nio.ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
