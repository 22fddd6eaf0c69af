package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * One row of a dump, taken apart as far as the document: a row of {@code _changes} or {@code _all_docs}, a hit of
 * Elasticsearch, or the document itself.
 *
 * @param updateSeq the change's token, verbatim; null if there is none
 * @param id the document's id by the row; null if the row does not say
 * @param rev its revision by the row; null if the row does not say
 * @param deleted what the row says
 * @param text the document, byte for byte; null if the row has none
 */
record DumpedRow(String updateSeq, String id, String rev, boolean deleted, byte[] text) {
    /** The row; empty for the end of a continuous feed, which is none. What is no JSON counts as a document. */
    static Optional<DumpedRow> parse(byte[] row) {
        Fields fields = new Fields(row);
        try (JsonParser in = LenientJson.open(row)) {
            if (in.nextToken() == JsonToken.START_OBJECT) {
                fields.read(in);
            }
        } catch (IOException e) {
            return Optional.of(new DumpedRow(fields.updateSeq, fields.id, fields.rev, fields.deleted, row));
        }
        return fields.row();
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
                return Optional.of(new DumpedRow(null, hitId, null, false, text));
            }
            if (!isDocument && (isRow || key != null)) {
                return Optional.of(new DumpedRow(updateSeq, id == null ? key : id, rev, deleted, text));
            }
            return isEnd && !isDocument ? Optional.empty() : Optional.of(new DumpedRow(null, null, null, false, row));
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
