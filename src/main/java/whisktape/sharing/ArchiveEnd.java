package whisktape.sharing;

import static whisktape.sharing.ArchiveException.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;

/**
 * The end of an archive, which says where its directory is: right before the end.
 *
 * @param directoryFrom where the directory begins
 * @param directoryBytes how long it is
 * @param entries how many it says to have
 */
record ArchiveEnd(long directoryFrom, long directoryBytes, long entries) {
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;

    private static final int END_BYTES = 22;
    private static final int END_64_BYTES = 56;
    private static final int LOCATOR_64_BYTES = 20;
    private static final int BEFORE_END_64_COUNTS = 12;

    private static final long IN_64 = 0xffff_ffffL;
    private static final int COUNT_IN_64 = 0xffff;

    /** Enough for some hundred thousand entries. */
    private static final int LONGEST_DIRECTORY_BYTES = 64 << 20;

    /**
     * Reads it.
     *
     * @param beforeComment how many bytes stand before the text of the archive's comment
     */
    static ArchiveEnd read(FileChannel file, long beforeComment) throws IOException, ArchiveException {
        long at = beforeComment - END_BYTES;
        require(at >= 0, "it ends before its directory");
        ByteBuffer bytes = ArchiveBytes.read(file, at, END_BYTES);
        require(bytes.getInt() == END, "it has no directory where that should end");
        require(bytes.getInt() == 0, "it is a part of several files");
        int onThisDisk = Short.toUnsignedInt(bytes.getShort());
        int entries = Short.toUnsignedInt(bytes.getShort());
        long size = Integer.toUnsignedLong(bytes.getInt());
        long from = Integer.toUnsignedLong(bytes.getInt());
        require(onThisDisk == entries, "it is a part of several files");
        require(
                Short.toUnsignedInt(bytes.getShort()) == ArchiveSeal.TEXT_BYTES,
                "the length of its comment is not that of a seal");
        ArchiveEnd end = new ArchiveEnd(from, size, entries);
        if (entries == COUNT_IN_64 || size == IN_64 || from == IN_64) {
            at -= END_64_BYTES + LOCATOR_64_BYTES;
            end = read64(file, at, end);
        }
        require(
                end.directoryBytes >= 0 && end.directoryBytes <= LONGEST_DIRECTORY_BYTES,
                "its directory of " + end.directoryBytes + " bytes is longer than any recording needs");
        require(
                end.directoryFrom >= 0 && end.directoryFrom == at - end.directoryBytes,
                "its directory is not where it says");
        return end;
    }

    /** The end as it stands in archives beyond 4 GiB or 65,535 entries. */
    private static ArchiveEnd read64(FileChannel file, long at, ArchiveEnd small) throws IOException, ArchiveException {
        require(at >= 0, "it ends before its directory");
        ByteBuffer bytes = ArchiveBytes.read(file, at, END_64_BYTES + LOCATOR_64_BYTES);
        require(
                bytes.getInt() == END_64 && bytes.getLong() == END_64_BYTES - BEFORE_END_64_COUNTS,
                "it says to be large, and has no large directory");
        bytes.getInt();
        require(bytes.getLong() == 0, "it is a part of several files");
        long onThisDisk = bytes.getLong();
        long entries = bytes.getLong();
        long size = bytes.getLong();
        long from = bytes.getLong();
        require(onThisDisk == entries, "it is a part of several files");
        require(
                bytes.getInt() == LOCATOR_64 && bytes.getInt() == 0 && bytes.getLong() == at && bytes.getInt() == 1,
                "it says to be large, and its large directory is elsewhere");
        require(
                (small.entries == COUNT_IN_64 || small.entries == entries)
                        && (small.directoryBytes == IN_64 || small.directoryBytes == size)
                        && (small.directoryFrom == IN_64 || small.directoryFrom == from),
                "its two directories differ");
        return new ArchiveEnd(from, size, entries);
    }
}
