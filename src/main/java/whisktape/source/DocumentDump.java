package whisktape.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * The rows of a dump of documents one after the other, however they are put together: a row a line, a list, CouchDB's or
 * Elasticsearch's answer with the list in it, or several of these. The form shows in the first bytes; only a row at a time is
 * in memory.
 */
final class DocumentDump implements AutoCloseable {
    private static final JsonFactory JSON = new JsonFactory();

    /** Of {@code _changes}, {@code _all_docs}, and {@code _find} or a file for {@code _bulk_docs}, as backups are. */
    private static final Set<String> LISTS = Set.of("results", "rows", "docs");

    /** What only a row or a document has: then no list of rows comes any more. */
    private static final Set<String> NO_ANSWER =
            Set.of("_id", "id", "seq", "key", "doc", "activationId", "namespace", "_index", "_source");

    private enum Form {
        /** Nothing is known yet, or an answer has ended and another may follow. */
        OPEN,
        LINES,
        /** CouchDB's own: the list begins behind a line end, and each row has its line. */
        LINES_OF_LIST,
        LIST,
        /** Texts over many lines, as {@code jq} prints them. */
        TEXTS
    }

    private final DumpFile in;
    private Form form = Form.OPEN;

    /** How many lists and objects there are around the rows. */
    private int around;

    private boolean isCut;

    DocumentDump(Path file) {
        this.in = new DumpFile(file);
    }

    /** The next row's bytes; empty at the end. */
    Optional<byte[]> next() throws IOException {
        while (true) {
            if (form == Form.OPEN && !open()) {
                return Optional.empty();
            }
            Optional<byte[]> row = switch (form) {
                case OPEN -> throw new IllegalStateException("a form has been found");
                case LINES -> nextLine();
                case LINES_OF_LIST -> nextLineOfList();
                case LIST, TEXTS -> nextText();
            };
            if (row.isPresent() || form != Form.OPEN) {
                return row;
            }
        }
    }

    /** True if the dump came to its end in the middle of a list, of a line or of a gzip file. */
    boolean isCut() {
        return isCut || in.isCut();
    }

    @Override
    public void close() {
        in.close();
    }

    /** Finds out what begins here; false if nothing does. */
    private boolean open() throws IOException {
        skipSpace();
        byte[] ahead = in.lookAhead();
        if (ahead.length == 0) {
            return false;
        }
        if (ahead[0] == '[') {
            openList(1, 1);
        } else if (!openAnswer(ahead)) {
            form = isOpenBrace(ahead) ? Form.TEXTS : Form.LINES;
            around = 0;
        }
        return true;
    }

    private boolean openAnswer(byte[] ahead) throws IOException {
        try (JsonParser json = JSON.createParser(ahead)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return false;
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                JsonToken token = json.nextToken();
                if (token == JsonToken.START_ARRAY && LISTS.contains(field)) {
                    openList(LenientJson.endOfToken(json), 2);
                    return true;
                }
                if (token == JsonToken.START_OBJECT && field.equals("hits") && findInnerHits(json)) {
                    openList(LenientJson.endOfToken(json), 3);
                    return true;
                }
                if (NO_ANSWER.contains(field)) {
                    return false;
                }
                json.skipChildren();
            }
        } catch (IOException e) {
            // These are the first bytes of something longer, or no JSON.
            return false;
        }
        return false;
    }

    private static boolean findInnerHits(JsonParser json) throws IOException {
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            if (json.nextToken() == JsonToken.START_ARRAY && field.equals("hits")) {
                return true;
            }
            json.skipChildren();
        }
        return false;
    }

    private void openList(int behind, int around) throws IOException {
        this.around = around;
        in.skip(behind);
        byte[] ahead = in.lookAhead();
        int lineEnd = ahead.length > 0 && ahead[0] == '\r' ? 1 : 0;
        if (ahead.length > lineEnd && ahead[lineEnd] == '\n' && isRow(ahead, lineEnd + 1)) {
            in.skip(lineEnd + 1);
            form = Form.LINES_OF_LIST;
        } else {
            form = Form.LIST;
        }
    }

    /** True if the line from there on is a JSON object, or too long to say. */
    private static boolean isRow(byte[] ahead, int from) {
        int until = from;
        while (until < ahead.length && ahead[until] != '\n') {
            until++;
        }
        if (until == from || ahead[from] != '{') {
            return false;
        }
        if (until == ahead.length) {
            return true;
        }
        try (JsonParser json = JSON.createParser(ahead, from, until - from)) {
            json.nextToken();
            json.skipChildren();
            return json.currentToken() == JsonToken.END_OBJECT;
        } catch (IOException e) {
            // A row over several lines, or no JSON.
            return false;
        }
    }

    private static boolean isOpenBrace(byte[] ahead) {
        return ahead[0] == '{' && ahead.length > 1 && (ahead[1] == '\n' || ahead[1] == '\r');
    }

    private Optional<byte[]> nextLine() throws IOException {
        for (Optional<byte[]> line = in.nextLine(); line.isPresent(); line = in.nextLine()) {
            byte[] row = row(line.get());
            if (row.length > 0) {
                isCut = !in.lineIsWhole() && row[row.length - 1] != '}';
                return Optional.of(row);
            }
        }
        return Optional.empty();
    }

    /** The row in a line; the comma behind it belongs to the list. */
    private static byte[] row(byte[] line) {
        byte[] row = stripped(line);
        boolean hasComma = row.length > 1 && row[row.length - 1] == ',' && row[row.length - 2] == '}';
        return hasComma ? Arrays.copyOf(row, row.length - 1) : row;
    }

    private Optional<byte[]> nextLineOfList() throws IOException {
        while (in.peek() >= 0) {
            if (in.peek() == ']') {
                endList();
                return Optional.empty();
            }
            byte[] row = row(in.nextLine().orElseThrow());
            if (row.length > 0) {
                return Optional.of(row);
            }
        }
        isCut = true;
        return Optional.empty();
    }

    /** The next element of a list, or the next text: up to where its brackets close. */
    private Optional<byte[]> nextText() throws IOException {
        skipSpace();
        while (in.peek() == ',') {
            in.next();
            skipSpace();
        }
        if (in.peek() < 0) {
            isCut = around > 0;
            return Optional.empty();
        }
        if (around > 0 && in.peek() == ']') {
            endList();
            return Optional.empty();
        }
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        isCut = !copyText(text);
        return Optional.of(stripped(text.toByteArray()));
    }

    private boolean copyText(ByteArrayOutputStream text) throws IOException {
        int depth = 0;
        while (in.peek() >= 0) {
            if (depth == 0 && text.size() > 0 && (in.peek() == ',' || in.peek() == ']')) {
                return true;
            }
            int b = in.next();
            text.write(b);
            DumpFile.requireRoom(text.size());
            switch (b) {
                case '"' -> copyString(text);
                case '{', '[' -> depth++;
                case '}', ']' -> depth--;
                default -> {}
            }
            if (depth <= 0 && (b == '}' || b == ']')) {
                return true;
            }
        }
        return false;
    }

    private void copyString(ByteArrayOutputStream text) throws IOException {
        boolean escaped = false;
        for (int b = in.next(); b >= 0; b = in.next()) {
            text.write(b);
            DumpFile.requireRoom(text.size());
            if (b == '"' && !escaped) {
                return;
            }
            escaped = b == '\\' && !escaped;
        }
    }

    /** Passes over what is behind the rows, to where another answer may begin. */
    private void endList() throws IOException {
        ByteArrayOutputStream passed = new ByteArrayOutputStream();
        while (around > 0 && in.peek() >= 0) {
            int b = in.next();
            switch (b) {
                case '"' -> copyString(passed);
                case '{', '[' -> around++;
                case '}', ']' -> around--;
                default -> {}
            }
            passed.reset();
        }
        isCut = around > 0;
        form = Form.OPEN;
    }

    private void skipSpace() throws IOException {
        while (isSpace(in.peek())) {
            in.next();
        }
    }

    private static boolean isSpace(int b) {
        return b == ' ' || b == '\n' || b == '\r' || b == '\t';
    }

    private static byte[] stripped(byte[] line) {
        int from = 0;
        int until = line.length;
        while (from < until && isSpace(line[from])) {
            from++;
        }
        while (from < until && isSpace(line[until - 1])) {
            until--;
        }
        return until - from == line.length ? line : Arrays.copyOfRange(line, from, until);
    }
}
