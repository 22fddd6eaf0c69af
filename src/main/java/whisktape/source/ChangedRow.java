package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Arrays;

/** One row of the changes feed. What could be read before something broken stays. */
final class ChangedRow {
    private String seq;
    private String id;
    private String rev;
    private boolean deleted;
    private byte[] document;
    private String unreadable;

    /** The row's own update sequence; null where the server gave none. */
    String seq() {
        return seq;
    }

    /** The document's {@code _id}; null if the row has none. */
    String id() {
        return id;
    }

    /** The document's {@code _rev}; null if the row has none. */
    String rev() {
        return rev;
    }

    boolean isDeleted() {
        return deleted;
    }

    /** The document as it stands in the row, or the whole row where that is unreadable; null if there is none. */
    byte[] document() {
        return document;
    }

    /** Why the row has no document that could be read; null if it has. */
    String unreadable() {
        return unreadable;
    }

    /** Reads the row whose opening brace the parser has just read out of these bytes, which begin where the parser did. */
    void read(JsonParser in, byte[] bytes, int base) throws IOException {
        String error = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            JsonToken value = in.nextToken();
            switch (field) {
                case "seq" -> seq = scalar(in);
                case "id" -> id = scalar(in);
                case "deleted" -> deleted = value == JsonToken.VALUE_TRUE;
                case "changes" -> readRev(in);
                case "error" -> error = scalar(in);
                case "doc" -> document = value == JsonToken.START_OBJECT ? slice(in, bytes, base) : null;
                default -> {}
            }
            in.skipChildren();
        }
        if (document == null) {
            unreadable = error == null ? "the server sent no document" : "the server sent no document: " + error;
        } else if (id == null) {
            unreadable = "the row names no id";
        }
    }

    /** Says that this row could not be read, and what its bytes are; null if they are not to be kept. */
    void isUnreadable(String reason, byte[] bytes) {
        unreadable = reason;
        document = bytes;
    }

    private void readRev(JsonParser in) throws IOException {
        int depth = 0;
        do {
            JsonToken token = in.currentToken();
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            if (token == JsonToken.VALUE_STRING && rev == null && "rev".equals(in.currentName())) {
                rev = in.getText();
            }
        } while (depth > 0 && in.nextToken() != null);
    }

    private static byte[] slice(JsonParser in, byte[] bytes, int base) throws IOException {
        int from = base + (int) in.currentTokenLocation().getByteOffset();
        in.skipChildren();
        int until = base + (int) in.currentLocation().getByteOffset();
        return Arrays.copyOfRange(bytes, from, until);
    }

    private static String scalar(JsonParser in) throws IOException {
        return in.currentToken().isScalarValue() && in.currentToken() != JsonToken.VALUE_NULL ? in.getText() : null;
    }
}
