package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Dictionary;
import org.apache.parquet.column.page.DataPage;
import org.apache.parquet.column.page.DataPageV1;
import org.apache.parquet.column.page.DictionaryPage;
import org.apache.parquet.column.page.PageReader;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/**
 * One column of one row group: its pages, or the one value that all of its rows have.
 *
 * @param column which
 * @param pages null where there is one value
 * @param constant the value, as {@link ColumnCursor} has it; null where no row has any
 */
record ColumnChunk(ColumnDescriptor column, PageReader pages, Object constant) {

    static ColumnChunk of(ColumnDescriptor column, PageReader pages) {
        return new ColumnChunk(column, pages, null);
    }

    /** Of a column that holds the same in all rows, or nothing in any: its pages need not be read. */
    static ColumnChunk ofConstant(ColumnDescriptor column, Object value) {
        return new ColumnChunk(column, null, value instanceof Integer number ? (Long) number.longValue() : value);
    }

    boolean isOf(PrimitiveTypeName type) {
        return column.getPrimitiveType().getPrimitiveTypeName() == type;
    }

    boolean isConstant() {
        return pages == null;
    }

    /** Null where there is none. Comes before the pages. */
    Dictionary dictionary() {
        DictionaryPage page = pages.readDictionaryPage();
        try {
            return page == null ? null : page.getEncoding().initDictionary(column, page);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null after the last. */
    ColumnPage nextPage() {
        DataPage page = pages.readPage();
        if (page == null) {
            return null;
        }
        if (!(page instanceof DataPageV1 data) || data.getValueCount() > pages.getTotalValueCount()) {
            throw new IllegalStateException("column " + name() + " has a page that whisktape does not write");
        }
        try {
            return ColumnPage.of(column, data);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    IllegalStateException endsEarly() {
        return new IllegalStateException("column " + name() + " ends before its rows");
    }

    private String name() {
        return String.join(".", column.getPath());
    }
}
