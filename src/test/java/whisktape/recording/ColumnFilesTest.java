package whisktape.recording;

import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BINARY;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.BOOLEAN;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT32;
import static org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName.INT64;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.Stream;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.DummyRecordConverter;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Types;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link ColumnBuffer} writes parquet-java reads, and what parquet-java writes {@link ColumnCursor} reads. */
class ColumnFilesTest {
    private static final int ROWS = 20_000;
    private static final MessageType SCHEMA = Types.buildMessage()
            .required(INT64)
            .named("required")
            .required(INT32)
            .named("small")
            .optional(INT64)
            .named("number")
            .optional(BOOLEAN)
            .named("flag")
            .optional(BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("text")
            .addField(Types.optionalList()
                    .requiredElement(BINARY)
                    .as(LogicalTypeAnnotation.stringType())
                    .named("list"))
            .named("row");

    @TempDir
    Path folder;

    /** For each row and column what is there: a value, a list of values, or null. */
    private record Made(String name, IntFunction<Object[]> row) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Arguments> contents() {
        SplittableRandom random = new SplittableRandom(5);
        Stream<Made> made = Stream.of(
                new Made("all the same", i -> row(7, 3, 5L, true, "same", List.of())),
                new Made("nothing", i -> row(0, 0, null, null, null, List.of())),
                new Made("ascending", i -> row(i, i, (long) i, i % 2 == 0, "t" + i, List.of("a" + i, "b" + i))),
                new Made(
                        "extremes",
                        i -> row(
                                i % 2 == 0 ? Long.MIN_VALUE : Long.MAX_VALUE,
                                i % 2 == 0 ? Integer.MIN_VALUE : Integer.MAX_VALUE,
                                i % 3 == 0 ? null : i % 3 == 1 ? Long.MIN_VALUE : (Long) Long.MAX_VALUE,
                                i == ROWS - 1,
                                "\u00e4".repeat(i % 300),
                                i % 7 == 0 ? List.of("") : List.of())),
                new Made("few", i -> randomRow(random, 20)),
                new Made("many", i -> randomRow(random, 5_000)),
                new Made("all different", i -> randomRow(random, Integer.MAX_VALUE)),
                new Made(
                        "large only late",
                        i -> row(i, 1, 1L, null, i < ROWS - 20 ? "small" : "x".repeat(200_000), List.of("z"))));
        return made.map(Arguments::of);
    }

    private static Object[] row(Object... values) {
        return values;
    }

    private static Object[] randomRow(SplittableRandom random, int different) {
        List<String> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add("element" + random.nextInt(different));
        }
        return row(
                random.nextLong() % different,
                random.nextInt(different),
                random.nextInt(3) == 0 ? null : (Long) (long) random.nextInt(different),
                random.nextInt(3) == 0 ? null : (Boolean) random.nextBoolean(),
                random.nextInt(50) == 0 ? null : "text" + random.nextInt(different),
                list);
    }

    @ParameterizedTest
    @MethodSource("contents")
    void parquetJavaReadsWhatIsWritten(Made made) throws IOException {
        for (Set<String> withoutDictionary :
                List.of(Set.<String>of(), Set.of("required", "small", "number", "text", "list.list.element"))) {
            Path file = folder.resolve("written-" + withoutDictionary.size());
            List<String> rows = new ArrayList<>();
            try (SegmentFile segment = new SegmentFile(file, SCHEMA, withoutDictionary, Set.of("flag"))) {
                for (int i = 0; i < ROWS; i++) {
                    Object[] row = row(made.row().apply(i));
                    rows.add(List.of(asTexts(row)).toString());
                    write(row, segment.columns());
                    segment.endRow(100);
                    if (i % 7_000 == 6_999) {
                        segment.endRowGroup();
                    }
                }
                segment.finish(Map.of());
            }
            assertThat(readByParquetJava(file)).isEqualTo(rows);
            assertThat(readByCursors(file)).isEqualTo(rows);
        }
    }

    @ParameterizedTest
    @MethodSource("contents")
    void readsWhatParquetJavaWrites(Made made) throws IOException {
        for (boolean withDictionary : new boolean[] {false, true}) {
            Path file = folder.resolve("foreign-" + withDictionary);
            List<String> rows = writeByParquetJava(file, made, withDictionary);

            assertThat(readByCursors(file)).isEqualTo(rows);
        }
    }

    @Test
    void aPageHoldsAMegabyteAndNoMore() throws IOException {
        Path file = folder.resolve("pages");
        MessageType schema =
                Types.buildMessage().optional(BINARY).named("bytes").named("row");
        try (SegmentFile segment = new SegmentFile(file, schema, Set.of("bytes"), Set.of())) {
            for (int i = 0; i < 4_000; i++) {
                segment.columns()[0].write(Binary.fromConstantByteArray(new byte[1_024]), 0, 1);
                segment.endRow(1_024);
            }
            segment.finish(Map.of());
        }
        try (ParquetFileReader reader = new ParquetFileReader(new LocalInputFile(file), Footer.readOptions())) {
            assertThat(reader.readOffsetIndex(
                                    reader.getRowGroups().get(0).getColumns().get(0))
                            .getPageCount())
                    .isEqualTo(4);
        }
    }

    private static void write(Object[] row, ColumnBuffer[] columns) {
        columns[0].write(((Number) row[0]).longValue(), 0, 0);
        columns[1].write(((Number) row[1]).longValue(), 0, 0);
        writeOptional(columns[2], row[2] == null, () -> columns[2].write((Long) row[2], 0, 1));
        writeOptional(columns[3], row[3] == null, () -> columns[3].write((Boolean) row[3], 0, 1));
        writeOptional(columns[4], row[4] == null, () -> columns[4].write((String) row[4], 0, 1));
        List<?> list = (List<?>) row[5];
        writeOptional(columns[5], list.isEmpty(), () -> {
            for (int i = 0; i < list.size(); i++) {
                columns[5].write((String) list.get(i), i == 0 ? 0 : 1, 2);
            }
        });
    }

    private static void writeOptional(ColumnBuffer column, boolean isAbsent, Runnable write) {
        if (isAbsent) {
            column.writeNull(0, 0);
        } else {
            write.run();
        }
    }

    private static List<String> writeByParquetJava(Path file, Made made, boolean withDictionary) throws IOException {
        ParquetProperties properties = ParquetProperties.builder()
                .withDictionaryEncoding(withDictionary)
                .withDictionaryPageSize(1 << 14)
                .withPageSize(1 << 16)
                .withAllocator(HeapByteBufferAllocator.getInstance())
                .build();
        List<String> rows = new ArrayList<>();
        Zstd zstd = new Zstd();
        try (ParquetFileWriter writer = new ParquetFileWriter(
                new SegmentOutput(file), SCHEMA, ParquetFileWriter.Mode.CREATE, 1 << 30, 0, 64, 64, false)) {
            writer.start();
            ColumnChunkPageWriteStore pages = new ColumnChunkPageWriteStore(
                    zstd.getCompressor(null), SCHEMA, HeapByteBufferAllocator.getInstance(), 64, false);
            ColumnWriteStore store = properties.newColumnWriteStore(SCHEMA, pages);
            for (int i = 0; i < ROWS; i++) {
                Object[] row = made.row().apply(i);
                rows.add(List.of(asTexts(row)).toString());
                writeByParquetJava(row, store);
                store.endRecord();
            }
            writer.startBlock(ROWS);
            store.flush();
            pages.flushToFileWriter(writer);
            writer.endBlock();
            writer.end(Map.of());
        }
        return rows;
    }

    private static void writeByParquetJava(Object[] row, ColumnWriteStore store) {
        for (int i = 0; i < row.length; i++) {
            ColumnWriter column = store.getColumnWriter(SCHEMA.getColumns().get(i));
            if (row[i] == null || row[i] instanceof List<?> list && list.isEmpty()) {
                column.writeNull(0, 0);
            } else if (row[i] instanceof List<?> list) {
                for (int j = 0; j < list.size(); j++) {
                    column.write(Binary.fromString((String) list.get(j)), j == 0 ? 0 : 1, 2);
                }
            } else if (row[i] instanceof Boolean flag) {
                column.write(flag.booleanValue(), 0, 1);
            } else if (row[i] instanceof String text) {
                column.write(Binary.fromString(text), 0, 1);
            } else if (i == 1) {
                column.write(((Number) row[i]).intValue(), 0, 0);
            } else {
                column.write(((Number) row[i]).longValue(), 0, i == 0 ? 0 : 1);
            }
        }
    }

    private static List<String> readByParquetJava(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (ParquetFileReader reader = new ParquetFileReader(new LocalInputFile(file), Footer.readOptions())) {
            for (PageReadStore pages = reader.readNextRowGroup(); pages != null; pages = reader.readNextRowGroup()) {
                ColumnReadStoreImpl store =
                        new ColumnReadStoreImpl(pages, new DummyRecordConverter(SCHEMA).getRootConverter(), SCHEMA, "");
                List<ColumnReader> columns =
                        SCHEMA.getColumns().stream().map(store::getColumnReader).toList();
                for (long left = pages.getRowCount(); left > 0; left--) {
                    rows.add(
                            columns.stream().map(ColumnFilesTest::next).toList().toString());
                }
            }
        }
        return rows;
    }

    private static List<String> next(ColumnReader column) {
        List<String> values = new ArrayList<>();
        do {
            if (column.getCurrentDefinitionLevel() == column.getDescriptor().getMaxDefinitionLevel()) {
                values.add(
                        switch (column.getDescriptor().getPrimitiveType().getPrimitiveTypeName()) {
                            case INT32 -> Integer.toString(column.getInteger());
                            case INT64 -> Long.toString(column.getLong());
                            case BOOLEAN -> Boolean.toString(column.getBoolean());
                            default -> column.getBinary().toStringUsingUTF8();
                        });
            }
            column.consume();
        } while (column.getCurrentRepetitionLevel() > 0);
        return values;
    }

    private static List<String> readByCursors(Path file) throws IOException {
        List<String> rows = new ArrayList<>();
        try (SegmentRows segment = new SegmentRows(file, SCHEMA)) {
            for (long left = segment.nextRowGroup(); left >= 0; left = segment.nextRowGroup()) {
                for (; left > 0; left--) {
                    rows.add(Stream.of(segment.columns())
                            .map(ColumnFilesTest::next)
                            .toList()
                            .toString());
                }
            }
        }
        return rows;
    }

    private static List<String> next(ColumnCursor column) {
        List<String> values = new ArrayList<>();
        do {
            Object value = column.next();
            if (value != null) {
                values.add(value instanceof Binary text ? text.toStringUsingUTF8() : value.toString());
            }
        } while (column.isOfSameList());
        return values;
    }

    /** As the readers of this test give a row: a list of values for each column. */
    private static List<?>[] asTexts(Object[] row) {
        return Stream.of(row)
                .map(value -> value instanceof List<?> list
                        ? list
                        : Stream.ofNullable(value).map(Object::toString).toList())
                .toArray(List<?>[]::new);
    }
}
