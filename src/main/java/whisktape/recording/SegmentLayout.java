package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/**
 * What a Parquet file says of itself before its columns are read: that it has the columns which its reader wants, of the types
 * that the reader knows, and that no place or length leads out of the file. A reader that believed otherwise would ask for any
 * amount of memory, or take bytes for what they are not.
 */
final class SegmentLayout {
    private SegmentLayout() {}

    /** Requires this of a segment, with all columns of its table. */
    static void require(Path file, Table table, int format) throws IOException {
        try (ParquetFileReader reader = new ParquetFileReader(SegmentInput.of(file), Footer.readOptions())) {
            require(reader, table.schema(), Files.size(file));
            requireNothingNewer(reader.getFooter().getFileMetaData().getSchema(), table, format);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IOException("it is no complete Parquet file: " + Footer.firstLine(e), e);
        }
    }

    /**
     * Requires this of an open file. A column that a whisktape without it left out may be absent, one that nobody knows may be
     * there.
     *
     * @param wanted columns, as whisktape writes them
     * @param sizeBytes of the file
     */
    static void require(ParquetFileReader file, GroupType wanted, long sizeBytes) throws IOException {
        MessageType schema = file.getFooter().getFileMetaData().getSchema();
        for (Type column : wanted.getFields()) {
            requireColumn(schema, column);
        }
        for (BlockMetaData group : file.getRowGroups()) {
            requireWithin(group, sizeBytes);
        }
    }

    /** A column that is read as if it were not there would change what the others mean. */
    private static void requireNothingNewer(MessageType schema, Table table, int format) throws IOException {
        for (Type column : table.schema().getFields()) {
            boolean isNewer = !table.schema(format).containsField(column.getName());
            if (isNewer && schema.containsField(column.getName())) {
                throw new IOException(
                        "its column " + column.getName() + " is of a newer format than its manifest says, " + format);
            }
        }
    }

    private static void requireColumn(GroupType schema, Type wanted) throws IOException {
        if (!schema.containsField(wanted.getName())) {
            if (wanted.isRepetition(Type.Repetition.REQUIRED)) {
                throw new IOException("it has no column " + wanted.getName());
            }
            return;
        }
        Type found = schema.getType(wanted.getName());
        // Ids of fields are other writers' business.
        if (!found.toString().equals(wanted.toString())) {
            throw new IOException(
                    "its column " + wanted.getName() + " is " + onOneLine(found) + " and not " + onOneLine(wanted));
        }
    }

    private static void requireWithin(BlockMetaData group, long sizeBytes) throws IOException {
        Set<Object> columns = new HashSet<>();
        for (ColumnChunkMetaData chunk : group.getColumns()) {
            long from = chunk.getStartingPos();
            long size = chunk.getTotalSize();
            if (from < 0 || size < 0 || from > sizeBytes - size || chunk.getValueCount() < 0) {
                throw new IOException("its column " + chunk.getPath() + " lies outside of it");
            }
            if (!columns.add(chunk.getPath())) {
                throw new IOException("its column " + chunk.getPath() + " comes twice");
            }
        }
        if (group.getRowCount() < 0) {
            throw new IOException("it has a row group of " + group.getRowCount() + " rows");
        }
    }

    private static String onOneLine(Type type) {
        return type.toString().replaceAll("\\s+", " ");
    }
}
