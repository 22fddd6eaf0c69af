package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import whisktape.Document;

/**
 * One row of a dump, taken apart as far as the document: a row of {@code _changes} or {@code _all_docs}, a hit of
 * Elasticsearch, or the document itself.
 *
 * @param updateSeq the change's token, verbatim; null if there is none
 * @param id the document's id by the row; null if the row does not say
 * @param rev its revision by the row; null if the row does not say
 * @param deleted what the row says
 * @param text the document, byte for byte; null if the row has none
 * @param recordedAtMs when it was received; now, where the row does not say
 * @param incarnation which life of the database it belongs to; 1 where the row does not say
 * @param read what was read in it, where the row says; else null
 */
record DumpedRow(
        String updateSeq,
        String id,
        String rev,
        boolean deleted,
        byte[] text,
        long recordedAtMs,
        int incarnation,
        ReadDocument read) {
    /** The row; empty for the end of a continuous feed, which is none. What is no JSON counts as a document. */
    static Optional<DumpedRow> parse(byte[] row) {
        Fields fields = new Fields(row);
        try (JsonParser in = LenientJson.open(row)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                fields.read(in);
            }
        } catch (IOException e) {
            return Optional.of(fields.row(fields.id, row));
        }
        return fields.row();
    }

    /** The document in it: as it was read when it was recorded, or as this parser reads it. */
    Document document(DocumentParser parser, int inLife) {
        Document now = parser.parse(inLife, updateSeq, recordedAtMs, id, rev, deleted, text);
        return read == null ? now : read.insteadOf(now);
    }

    /** What the fields of a row mean can only be said when one has come that no other form has. */
    private static final class Fields {
        private final byte[] row;
        private String updateSeq;
        private String id;
        private String key;
        private String hitId;
        private String rev;
        private boolean deleted;
        private byte[] text;
        private long recordedAtMs = System.currentTimeMillis();
        private int incarnation = 1;
        private ReadDocument read;
        private boolean isRow;
        private boolean isHit;
        private boolean isDocument;
        private boolean isEnd;

        Fields(byte[] row) {
            this.row = row;
        }

        void read(JsonParser in) throws IOException {
            for (String field = in.nextFieldName(); field != null && !isDocument; field = in.nextFieldName()) {
                in.nextToken();
                readField(in, field);
                in.skipChildren();
            }
            if (!isDocument && in.nextToken() != null) {
                isDocument = true;
            }
        }

        private void readField(JsonParser in, String field) throws IOException {
            switch (field) {
                case "seq" -> updateSeq = token(in);
                case "id" -> {
                    id = text(in);
                    isRow = true;
                }
                case "key" -> key = text(in);
                case "deleted" -> deleted |= in.currentToken() == JsonToken.VALUE_TRUE;
                case "changes", "value" -> readRevision(in);
                case "doc" -> {
                    isRow = true;
                    text = object(in);
                }
                case "doc_text" -> text = in.getText().getBytes(StandardCharsets.UTF_8);
                case "recorded_at_ms" -> recordedAtMs = in.getValueAsLong(recordedAtMs);
                case "incarnation" -> incarnation = in.getValueAsInt(incarnation);
                case "read" -> read = LineJson.MAPPER.readValue(in, ReadDocument.class);
                case "error", "pending", "total_rows", "offset" -> {}
                case "last_seq" -> isEnd = true;
                case "_id" -> hitId = text(in);
                case "_source" -> {
                    isHit = true;
                    text = object(in);
                }
                case "_index", "_type", "_score", "_version", "_seq_no", "_primary_term", "_ignored", "sort" -> {}
                // A server newer than this may say more of its rows.
                default -> isDocument = !isRow && !isHit && updateSeq == null && key == null;
            }
        }

        Optional<DumpedRow> row() {
            if (!isDocument && isHit) {
                return Optional.of(only(hitId, text));
            }
            if (!isDocument && (isRow || key != null)) {
                return Optional.of(row(id == null ? key : id, text));
            }
            return isEnd && !isDocument ? Optional.empty() : Optional.of(only(null, row));
        }

        DumpedRow row(String id, byte[] text) {
            return new DumpedRow(updateSeq, id, rev, deleted, text, recordedAtMs, incarnation, read);
        }

        private DumpedRow only(String id, byte[] text) {
            return new DumpedRow(null, id, null, false, text, recordedAtMs, 1, null);
        }

        /** {@code "changes":[{"rev":…}]} of a change, {@code "value":{"rev":…}} of {@code _all_docs}. */
        private void readRevision(JsonParser in) throws IOException {
            if (in.currentToken() == JsonToken.START_ARRAY) {
                while (in.nextToken() == JsonToken.START_OBJECT) {
                    readRevisionObject(in);
                }
            } else if (in.currentToken() == JsonToken.START_OBJECT) {
                readRevisionObject(in);
            }
        }

        private void readRevisionObject(JsonParser in) throws IOException {
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                in.nextToken();
                if (field.equals("rev") && rev == null) {
                    rev = text(in);
                } else if (field.equals("deleted")) {
                    deleted |= in.currentToken() == JsonToken.VALUE_TRUE;
                }
                in.skipChildren();
            }
        }

        private byte[] object(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_NULL ? null : slice(in);
        }

        /** A text as it is; of all else the JSON, because old servers count in numbers or lists. */
        private String token(JsonParser in) throws IOException {
            return switch (in.currentToken()) {
                case VALUE_STRING -> in.getText();
                case VALUE_NULL -> null;
                default -> new String(slice(in), StandardCharsets.UTF_8);
            };
        }

        private byte[] slice(JsonParser in) throws IOException {
            int from = LenientJson.startOf(in);
            return Arrays.copyOfRange(row, from, LenientJson.endOf(in));
        }

        private static String text(JsonParser in) throws IOException {
            return in.currentToken() == JsonToken.VALUE_STRING ? in.getText() : null;
        }
    }
}
