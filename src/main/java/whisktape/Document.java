package whisktape;

/**
 * One change of the activations database, with the document as it was then.
 *
 * @param incarnation which life of the database
 * @param updateSeq CouchDB's token of this change, opaque; null where the server gave none
 * @param recordedAtMs when whisktape received it, epoch milliseconds by its own clock
 * @param id the document's {@code _id}; null in a row that nobody can read
 * @param rev the document's {@code _rev}; null where the row has none
 * @param deleted true for a tombstone
 * @param text the document as the server sent it, UTF-8; null where the row has none
 * @param body what it says
 * @param oddFields names of JSON fields that are there but not of OpenWhisk's type, separated by commas; null if none
 */
public record Document(
        int incarnation,
        String updateSeq,
        long recordedAtMs,
        String id,
        String rev,
        boolean deleted,
        byte[] text,
        DocumentBody body,
        String oddFields) {

    private static final int OVERHEAD_BYTES = 512;

    /** Roughly what it holds in memory. */
    public long sizeBytes() {
        return OVERHEAD_BYTES + (text == null ? 0 : text.length);
    }
}
