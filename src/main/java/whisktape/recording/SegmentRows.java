package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.column.statistics.BinaryStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.ColumnPath;
import org.apache.parquet.schema.MessageType;
import whisktape.WhisktapeException;

/** Some columns of one sealed segment, row group by row group, column by column. */
final class SegmentRows implements AutoCloseable {
    private static final int SHORT_BYTES = 32;

    private final Path path;
    private final ParquetFileReader file;
    private final List<ColumnDescriptor> descriptors;
    private final ColumnChunk[] chunks;
    private ColumnCursor[] columns;
    private int rowGroup;

    SegmentRows(Path path, MessageType schema) {
        this.path = path;
        this.file = open(path, schema);
        this.descriptors = schema.getColumns();
        this.chunks = new ColumnChunk[descriptors.size()];
    }

    private static ParquetFileReader open(Path path, MessageType schema) {
        try {
            ParquetFileReader file = new ParquetFileReader(SegmentInput.of(path), Footer.readOptions());
            try {
                SegmentLayout.require(file, schema, Files.size(path));
                file.setRequestedSchema(
                        present(schema, file.getFooter().getFileMetaData().getSchema()));
                return file;
            } catch (IOException | RuntimeException e) {
                file.close();
                throw e;
            }
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw damaged(path, e);
        }
    }

    /** The part of a schema that a file has: one written before a column was invented lacks it. */
    private static MessageType present(MessageType schema, MessageType file) {
        return new MessageType(
                schema.getName(),
                schema.getFields().stream()
                        .filter(field -> file.containsField(field.getName()))
                        .toList());
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
    long nextRowGroup() {
        try {
            PageReadStore pages = file.readNextRowGroup();
            return pages == null ? -1 : open(pages);
        } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw damaged(path, e);
        }
    }

    /** The smallest and the largest number of a column in the next row group; empty after the last, or where not every row has one. */
    Optional<LongRange> nextRange(String column) {
        if (rowGroup == file.getRowGroups().size()) {
            return Optional.empty();
        }
        ColumnChunkMetaData chunk = described(rowGroup).get(ColumnPath.get(column));
        return chunk != null
                        && chunk.getStatistics() instanceof LongStatistics all
                        && all.hasNonNullValue()
                        && all.isNumNullsSet()
                        && all.getNumNulls() == 0
                ? Optional.of(new LongRange(all.getMin(), all.getMax()))
                : Optional.empty();
    }

    /** Passes over the next row group. */
    void skipRowGroup() {
        file.skipNextRowGroup();
        rowGroup++;
    }

    private long open(PageReadStore pages) {
        Map<ColumnPath, ColumnChunkMetaData> described = described(rowGroup++);
        for (int i = 0; i < chunks.length; i++) {
            ColumnDescriptor column = descriptors.get(i);
            chunks[i] = open(column, pages, described.get(ColumnPath.get(column.getPath())));
        }
        columns = null;
        return pages.getRowCount();
    }

    private static ColumnChunk open(ColumnDescriptor column, PageReadStore pages, ColumnChunkMetaData chunk) {
        if (chunk == null) {
            return ColumnChunk.ofConstant(column, null);
        }
        Statistics<?> statistics = chunk.getStatistics();
        if (column.getMaxRepetitionLevel() > 0 || statistics == null || !statistics.isNumNullsSet()) {
            return ColumnChunk.of(column, pages.getPageReader(column));
        }
        if (statistics.getNumNulls() == chunk.getValueCount()) {
            return ColumnChunk.ofConstant(column, null);
        }
        boolean same = statistics.getNumNulls() == 0
                && statistics.hasNonNullValue()
                && statistics.genericGetMin().equals(statistics.genericGetMax());
        return same && isExact(statistics)
                ? ColumnChunk.ofConstant(column, statistics.genericGetMin())
                : ColumnChunk.of(column, pages.getPageReader(column));
    }

    /** Long texts stand shortened in the statistics. */
    private static boolean isExact(Statistics<?> statistics) {
        return !(statistics instanceof BinaryStatistics) || statistics.getMinBytes().length < SHORT_BYTES;
    }

    /** All leaf columns of the row group; others with every row group. */
    ColumnChunk[] chunks() {
        return chunks;
    }

    /** Their cursors, before their first value; for who does not read the chunks themselves. */
    ColumnCursor[] columns() {
        if (columns == null) {
            try {
                columns = Stream.of(chunks).map(ColumnCursor::new).toArray(ColumnCursor[]::new);
            } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
                throw damaged(path, e);
            }
        }
        return columns;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    /** A length in a damaged file may ask for any amount of memory, so running out of it is damage more often than not. */
    static WhisktapeException damaged(Path path, Throwable e) {
        if (e instanceof WhisktapeException already) {
            return already;
        }
        String what = e instanceof OutOfMemoryError
                ? "it asks for more memory than the Java heap of "
                        + (Runtime.getRuntime().maxMemory() >> 20)
                        + " MiB, so it is damaged, or has rows of such a size"
                : Footer.firstLine(e);
        return WhisktapeException.damaged(
                "cannot read the segment " + path + ": " + what
                        + "; whisktape verify says what is left of the recording",
                e);
    }

    private Map<ColumnPath, ColumnChunkMetaData> described(int rowGroup) {
        return file.getRowGroups().get(rowGroup).getColumns().stream()
                .collect(Collectors.toMap(ColumnChunkMetaData::getPath, Function.identity()));
    }
}
