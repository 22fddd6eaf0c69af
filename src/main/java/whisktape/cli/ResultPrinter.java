package whisktape.cli;

import java.io.PrintWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;
import whisktape.analysis.Column;

/** Prints rows in the format asked for, each as soon as it comes; mixed into every verb that prints rows. */
final class ResultPrinter {
    private static final int ROWS_BETWEEN_CHECKS = 500;

    /** How rows can be printed. */
    enum Format {
        TABLE(TableWriter::new),
        CSV(CsvWriter::new),
        JSON(JsonWriter::new),
        MARKDOWN(MarkdownWriter::new);

        private final BiFunction<PrintWriter, List<Column>, RowWriter> writer;

        Format(BiFunction<PrintWriter, List<Column>, RowWriter> writer) {
            this.writer = writer;
        }

        /** True if several results can follow each other. */
        boolean isForPeople() {
            return this == TABLE || this == MARKDOWN;
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** picocli's own converter would name the formats in capitals. */
    static final class FormatConverter implements ITypeConverter<Format> {
        @Override
        public Format convert(String text) {
            for (Format format : Format.values()) {
                if (format.toString().equals(text)) {
                    return format;
                }
            }
            throw new TypeConversionException("'" + text + "' is not a format; it takes table, csv, json or markdown");
        }
    }

    /** Rows in, one format out. */
    interface RowWriter {
        void row(List<Object> values);

        /** After the last row. */
        void end();
    }

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "table",
            converter = FormatConverter.class,
            description = "One of ${COMPLETION-CANDIDATES}, on a terminal or not. Default: ${DEFAULT-VALUE}.")
    Format format = Format.TABLE;

    /** Prints all rows, or until nobody reads them any more. */
    void print(List<Column> columns, Iterator<List<Object>> rows, PrintWriter out) {
        RowWriter writer = format.writer.apply(out, columns);
        long count = 0;
        while (rows.hasNext()) {
            writer.row(rows.next());
            if (++count % ROWS_BETWEEN_CHECKS == 0 && out.checkError()) {
                return;
            }
        }
        writer.end();
    }
}
