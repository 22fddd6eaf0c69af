package whisktape.sharing;

/**
 * What was written for somebody else.
 *
 * @param events rows of events in it
 * @param documents rows of documents in it
 * @param segments files in it beside the manifest
 * @param sizeBytes of the file
 * @param sha256 the checksum in the file's comment
 */
public record Shared(long events, long documents, int segments, long sizeBytes, String sha256) {}
