package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.BytesUtils;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageWriter;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import whisktape.EventField;
import whisktape.shapes.EventRows;
import whisktape.shapes.NumberedTexts;

/**
 * The values of one column since its last page, as plain arrays. parquet-java's writers encode each value when it comes, through a
 * dozen objects; here a row costs a few stores, and encoding is a loop over an array when a page is full. The pages are the same:
 * data pages of Parquet 1, which every reader knows.
 *
 * <p>A buffer serves one row group after the other.
 */
abstract class ColumnBuffer {
    private final ColumnDescriptor column;
    private final boolean withStatistics;
    private final Levels repetitions = new Levels();
    private final Levels definitions = new Levels();
    private int rows;

    /** Values and nulls, of which a row with a list has several. */
    private int entries;

    private int nulls;
    private boolean isPageFull;
    private PageWriter pages;

    ColumnBuffer(ColumnDescriptor column, boolean withStatistics) {
        this.column = column;
        this.withStatistics = withStatistics;
    }

    static ColumnBuffer of(ColumnDescriptor column, boolean withDictionary, boolean withStatistics) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case INT32, INT64 -> new NumberBuffer(column, withDictionary, withStatistics);
            case BOOLEAN -> new FlagBuffer(column, withStatistics);
            default -> new BytesBuffer(column, withDictionary, withStatistics);
        };
    }

    /** Goes to the next row group. */
    void begin(PageWriter next) {
        pages = next;
    }

    /** Writes what is left to the row group's pages. */
    void end() throws IOException {
        endPage();
        DictionaryPage dictionary = takeDictionary();
        if (dictionary != null) {
            pages.writeDictionaryPage(dictionary);
        }
    }

    /** Adds a row's or an element's absence, with its levels. */
    final void writeNull(int repetition, int definition) {
        level(repetition, definition);
        nulls++;
    }

    /** Adds the absence of so many rows. */
    final void writeNulls(int count) {
        addRows(count);
        definitions.add(0, count);
        nulls += count;
    }

    void write(long value, int repetition, int definition) {
        throw refused("numbers");
    }

    void write(boolean value, int repetition, int definition) {
        throw refused("flags");
    }

    /** Adds as many rows as these, with what they have in a field. */
    void write(EventRows rows, EventField field) {
        throw refused("events");
    }

    /** Adds so many rows, all with a number. */
    void write(long[] values, int count) {
        throw refused("numbers");
    }

    /** Adds so many rows, all with the same number. */
    void writeSame(long value, int count) {
        throw refused("numbers");
    }

    /** Adds so many rows, all with a text of these. */
    void write(int[] numbers, int count, NumberedTexts texts) {
        throw refused("texts");
    }

    /** Adds so many rows, all with the same text. */
    void writeSame(String value, int count) {
        throw refused("texts");
    }

    void write(Binary value, int repetition, int definition) {
        throw refused("bytes");
    }

    void write(String value, int repetition, int definition) {
        throw refused("texts");
    }

    /** Notes where the next value stands; before it is added. */
    final void level(int repetition, int definition) {
        if (repetition == 0) {
            if (isPageFull) {
                endFullPage();
            }
            rows++;
        }
        entries++;
        if (column.getMaxRepetitionLevel() > 0) {
            repetitions.add(repetition);
        }
        if (column.getMaxDefinitionLevel() > 0) {
            definitions.add(definition);
        }
    }

    /** Goes on with so many rows that all have a value; before they are added. */
    final void beginRows(int count) {
        addRows(count);
        if (column.getMaxDefinitionLevel() > 0) {
            definitions.add(1, count);
        }
    }

    /** Goes on with as many rows as these, where they have this field; before the values are added. */
    final void beginRows(EventRows some, EventField field) {
        int count = some.count();
        if (some.allHave(field)) {
            beginRows(count);
        } else if (some.noneHas(field)) {
            writeNulls(count);
        } else {
            addRows(count);
            int[] levels = definitions.room(count);
            int end = definitions.count();
            int present = 0;
            for (int row = 0; row < count; row++) {
                int level = some.has(field, row) ? 1 : 0;
                levels[end + row] = level;
                present += level;
            }
            definitions.goTo(end + count);
            nulls += count - present;
        }
    }

    private void addRows(int count) {
        if (isPageFull) {
            endFullPage();
        }
        rows += count;
        entries += count;
        if (column.getMaxRepetitionLevel() > 0) {
            repetitions.add(0, count);
        }
    }

    /** The values since the last page become a page before the next row comes. */
    final void pageIsFull() {
        isPageFull = true;
    }

    final ColumnDescriptor column() {
        return column;
    }

    abstract Encoding encoding();

    /** The values since the last page in this encoding. */
    abstract BytesInput encoded() throws IOException;

    /** The smallest and the largest value since the last page. */
    abstract void addBounds(Statistics<?> statistics);

    /** Forgets the values since the last page. */
    abstract void clear();

    /** The row group's dictionary, which is given away; null if no page has one. */
    abstract DictionaryPage takeDictionary();

    final void endPage() throws IOException {
        if (rows == 0) {
            return;
        }
        Statistics<?> statistics = Statistics.createStats(column.getPrimitiveType());
        statistics.incrementNumNulls(nulls);
        if (withStatistics && nulls < entries) {
            addBounds(statistics);
        }
        List<BytesInput> parts = new ArrayList<>();
        addLevels(parts, repetitions, column.getMaxRepetitionLevel());
        addLevels(parts, definitions, column.getMaxDefinitionLevel());
        parts.add(encoded());
        pages.writePage(BytesInput.concat(parts), entries, rows, statistics, Encoding.RLE, Encoding.RLE, encoding());
        clear();
        repetitions.clear();
        definitions.clear();
        rows = 0;
        entries = 0;
        nulls = 0;
        isPageFull = false;
    }

    private void endFullPage() {
        try {
            endPage();
        } catch (IOException e) {
            // Pages of an open row group are in memory; no disk has been asked.
            throw new UncheckedIOException(e);
        }
    }

    private static void addLevels(List<BytesInput> parts, Levels levels, int largest) throws IOException {
        if (largest > 0) {
            BytesInput encoded = levels.encoded(BytesUtils.getWidthFromMaxInt(largest));
            parts.add(BytesInput.fromInt(Math.toIntExact(encoded.size())));
            parts.add(encoded);
        }
    }

    private UnsupportedOperationException refused(String what) {
        return new UnsupportedOperationException("column " + String.join(".", column.getPath()) + " takes no " + what);
    }
}
