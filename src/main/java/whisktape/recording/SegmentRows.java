package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;

/** Some columns of one sealed segment, row group by row group, straight from parquet-java's column readers. */
final class SegmentRows implements AutoCloseable {
    private final ParquetFileReader file;
    private final MessageType schema;
    private final List<ColumnDescriptor> descriptors;
    private final String createdBy;
    private final ColumnReader[] columns;

    SegmentRows(Path path, MessageType schema) throws IOException {
        this.file = new ParquetFileReader(new LocalInputFile(path), Footer.readOptions());
        this.schema = schema;
        this.descriptors = schema.getColumns();
        this.createdBy = file.getFooter().getFileMetaData().getCreatedBy();
        this.columns = new ColumnReader[descriptors.size()];
        file.setRequestedSchema(schema);
    }

    /** The columns of a file's schema that have these names, in the file's order. */
    static MessageType project(MessageType schema, List<String> names) {
        return new MessageType(
                schema.getName(),
                schema.getFields().stream()
                        .filter(field -> names.contains(field.getName()))
                        .toList());
    }

    /** Goes to the next row group; its number of rows, or -1 after the last. */
    long nextRowGroup() throws IOException {
        PageReadStore pages = file.readNextRowGroup();
        if (pages == null) {
            return -1;
        }
        ColumnReadStoreImpl store =
                new ColumnReadStoreImpl(pages, new DummyRecordConverter(schema).getRootConverter(), schema, createdBy);
        for (int i = 0; i < columns.length; i++) {
            columns[i] = store.getColumnReader(descriptors.get(i));
        }
        return pages.getRowCount();
    }

    /** The readers of all leaf columns, at their first value; they change with every row group. */
    ColumnReader[] columns() {
        return columns;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
