package whisktape.sharing;

/**
 * One file in an archive.
 *
 * @param name as it is written, printable ASCII
 * @param isDeflated true if its bytes are compressed
 * @param crc32 of its bytes
 * @param packedBytes what it takes in the archive
 * @param sizeBytes what it says to have; nobody has counted them yet
 * @param from where its bytes begin in the archive
 */
record ArchiveEntry(String name, boolean isDeflated, long crc32, long packedBytes, long sizeBytes, long from) {}
