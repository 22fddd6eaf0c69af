package whisktape.recording;

/**
 * A document read back as CouchDB delivered it.
 *
 * @param incarnation which life of the database
 * @param changeNumber its place in the recording, from 1 in each life
 * @param updateSeq CouchDB's token of this change; null where the server gave none
 * @param recordedAtMs when whisktape received it, epoch milliseconds by its own clock
 * @param id the document's {@code _id}; null in a row that nobody could read
 * @param rev the document's {@code _rev}; null where the row had none
 * @param deleted true for a tombstone
 * @param text the document's JSON, UTF-8; null where the row had none
 */
public record RecordedDocument(
        int incarnation,
        long changeNumber,
        String updateSeq,
        long recordedAtMs,
        String id,
        String rev,
        boolean deleted,
        byte[] text) {}
