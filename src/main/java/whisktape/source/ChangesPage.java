package whisktape.source;

import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads the rows of a page of the changes feed, with each document's bytes as they are. */
final class ChangesPage {
    private static final byte[] HEAD = "{\"results\":[".getBytes(StandardCharsets.US_ASCII);

    private ChangesPage() {}

    /**
     * The rows of a page whose tail is there. If its JSON is broken somewhere, the rows are read line by line, as CouchDB
     * writes them, and a line that cannot be read is a row that says so.
     */
    static List<ChangedRow> rows(byte[] body, int length, ChangesTail tail) {
        try {
            return strictly(body, length);
        } catch (IOException e) {
            return lineByLine(body, tail.start());
        }
    }

    private static List<ChangedRow> strictly(byte[] body, int length) throws IOException {
        List<ChangedRow> rows = new ArrayList<>();
        try (JsonParser in = LenientJson.open(body, 0, length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "a page is an object");
            }
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                if (in.nextToken() != JsonToken.START_ARRAY || !field.equals("results")) {
                    in.skipChildren();
                    continue;
                }
                while (in.nextToken() == JsonToken.START_OBJECT) {
                    ChangedRow row = new ChangedRow();
                    row.read(in, body, 0);
                    rows.add(row);
                }
                if (in.currentToken() != JsonToken.END_ARRAY) {
                    throw new JsonParseException(in, "a row is an object");
                }
            }
            if (in.nextToken() != null) {
                throw new JsonParseException(in, "a page is one object");
            }
        }
        return rows;
    }

    private static List<ChangedRow> lineByLine(byte[] body, int end) {
        List<ChangedRow> rows = new ArrayList<>();
        int from = startsWithHead(body, end) ? HEAD.length : 0;
        int until = trimmed(body, from, trimmed(body, from, end, ','), ']');
        while (from < until) {
            int lineEnd = from;
            while (lineEnd < until && body[lineEnd] != '\n') {
                lineEnd++;
            }
            int start = from;
            while (start < lineEnd && isBlank(body[start])) {
                start++;
            }
            int stop = trimmed(body, start, lineEnd, ',');
            if (start < stop) {
                rows.add(row(body, start, stop));
            }
            from = lineEnd + 1;
        }
        return rows;
    }

    private static ChangedRow row(byte[] body, int from, int until) {
        ChangedRow row = new ChangedRow();
        try (JsonParser in = LenientJson.open(body, from, until)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonParseException(in, "a row is an object");
            }
            row.read(in, body, from);
            if (in.currentToken() != JsonToken.END_OBJECT || in.nextToken() != null) {
                throw new JsonParseException(in, "a row is one object");
            }
        } catch (IOException e) {
            row.isUnreadable("the row is no JSON", Arrays.copyOfRange(body, from, until));
        }
        return row;
    }

    private static boolean startsWithHead(byte[] body, int end) {
        return end >= HEAD.length && Arrays.equals(body, 0, HEAD.length, HEAD, 0, HEAD.length);
    }

    /** The end without blanks, one such character and blanks before it. */
    private static int trimmed(byte[] body, int from, int end, char last) {
        int until = end;
        while (until > from && isBlank(body[until - 1])) {
            until--;
        }
        return until > from && body[until - 1] == last ? until - 1 : until;
    }

    private static boolean isBlank(byte b) {
        return b >= 0 && b <= ' ';
    }
}
