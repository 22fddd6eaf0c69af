package whisktape.source;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import whisktape.Document;

/**
 * Writes documents as rows of CouchDB's changes feed, one a line, each document byte for byte, and beside them what that feed
 * does not say: when a row was received, which life of the database it belongs to, its number.
 */
public final class DocumentLineWriter {
    private final OutputStream out;
    private final JsonGenerator json;
    private final DocumentParser parser = new DocumentParser();

    /** The owner of the stream flushes and closes it. */
    public DocumentLineWriter(OutputStream out) throws IOException {
        this.out = out;
        this.json = LineJson.generator(out);
    }

    /** Writes the line of the change of this number. */
    public void write(Document document, long changeNumber) throws IOException {
        write(document, changeNumber, null);
    }

    /** Writes the first line of a recording, whose manifest is this JSON, or null for another line. */
    public void write(Document document, long changeNumber, String manifest) throws IOException {
        json.writeStartObject();
        json.writeStringField("seq", document.updateSeq());
        json.writeStringField("id", document.id());
        json.writeArrayFieldStart("changes");
        if (document.rev() != null) {
            json.writeStartObject();
            json.writeStringField("rev", document.rev());
            json.writeEndObject();
        }
        json.writeEndArray();
        if (document.deleted()) {
            json.writeBooleanField("deleted", true);
        }
        writeText(document.text());
        json.writeNumberField("recorded_at_ms", document.recordedAtMs());
        json.writeNumberField("incarnation", document.incarnation());
        json.writeNumberField("change_number", changeNumber);
        if (!ReadDocument.isSame(document, readAgain(document))) {
            json.writeFieldName("read");
            LineJson.MAPPER.writeValue(json, ReadDocument.of(document));
        }
        if (manifest != null) {
            json.writeFieldName("recording");
            json.writeRawValue(manifest);
        }
        json.writeEndObject();
        json.writeRaw('\n');
        json.flush();
    }

    private Document readAgain(Document document) {
        return parser.parse(
                document.incarnation(),
                document.updateSeq(),
                document.recordedAtMs(),
                document.id(),
                document.rev(),
                document.deleted(),
                document.text());
    }

    /** An object on one line stands there as it is; all else is no JSON, or would end the line, and becomes a string. */
    private void writeText(byte[] text) throws IOException {
        if (text == null || isObjectOnALine(text)) {
            json.writeFieldName("doc");
            json.writeRawValue(text == null ? "null" : "");
            json.flush();
            if (text != null) {
                out.write(text);
            }
        } else {
            json.writeStringField("doc_text", new String(text, StandardCharsets.UTF_8));
        }
    }

    private static boolean isObjectOnALine(byte[] text) {
        if (text.length == 0 || text[0] != '{' || text[text.length - 1] != '}') {
            return false;
        }
        for (byte b : text) {
            if (b == '\n' || b == '\r') {
                return false;
            }
        }
        try (JsonParser in = LenientJson.open(text)) {
            in.nextToken();
            in.skipChildren();
            return in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null;
        } catch (IOException e) {
            // No JSON, which is what was asked.
            return false;
        }
    }
}
