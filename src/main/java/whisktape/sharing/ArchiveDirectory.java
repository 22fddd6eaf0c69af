package whisktape.sharing;

import static whisktape.sharing.ArchiveException.require;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The directory of an archive, read as strictly as {@code share} writes it: entry after entry from the first byte of the file, then the
 * directory, then its end, with nothing before, between or behind. So every byte has one meaning, entries cannot overlap, and
 * what one reader of zips sees another sees too.
 */
final class ArchiveDirectory {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int DESCRIPTOR = 0x08074b50;

    private static final int LOCAL_BYTES = 30;
    private static final int CENTRAL_BYTES = 46;
    private static final int DESCRIPTOR_BYTES = 16;
    private static final int EXTRA_64_BYTES = 12;

    private static final long IN_64 = 0xffff_ffffL;
    private static final int HAS_DESCRIPTOR = 1 << 3;
    private static final int NAME_IS_UTF8 = 1 << 11;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int FOLDER = 1 << 4;
    private static final int FILE_TYPE = 0xf000;
    private static final int REGULAR_FILE = 0x8000;

    private static final int LONGEST_NAME = 300;

    private final FileChannel file;
    private final long directoryFrom;
    private final List<ArchiveEntry> entries = new ArrayList<>();
    private long next;

    private ArchiveDirectory(FileChannel file, long directoryFrom) {
        this.file = file;
        this.directoryFrom = directoryFrom;
    }

    /**
     * Reads it.
     *
     * @param beforeComment how many bytes stand before the text of the archive's comment
     */
    static List<ArchiveEntry> read(FileChannel file, long beforeComment) throws IOException, ArchiveException {
        ArchiveEnd end = ArchiveEnd.read(file, beforeComment);
        return new ArchiveDirectory(file, end.directoryFrom()).read(end);
    }

    private List<ArchiveEntry> read(ArchiveEnd end) throws IOException, ArchiveException {
        ByteBuffer directory = ArchiveBytes.read(file, directoryFrom, (int) end.directoryBytes());
        while (directory.hasRemaining()) {
            addEntry(directory);
        }
        require(
                entries.size() == end.entries(),
                "it has " + entries.size() + " entries and speaks of " + end.entries());
        require(next == directoryFrom, "something stands before its directory that is no entry");
        return List.copyOf(entries);
    }

    private void addEntry(ByteBuffer directory) throws IOException, ArchiveException {
        require(directory.remaining() >= CENTRAL_BYTES && directory.getInt() == CENTRAL, "its directory is damaged");
        directory.getInt();
        int flags = Short.toUnsignedInt(directory.getShort());
        int method = Short.toUnsignedInt(directory.getShort());
        directory.getInt();
        long crc = Integer.toUnsignedLong(directory.getInt());
        long packed = Integer.toUnsignedLong(directory.getInt());
        long size = Integer.toUnsignedLong(directory.getInt());
        int nameBytes = Short.toUnsignedInt(directory.getShort());
        int extraBytes = Short.toUnsignedInt(directory.getShort());
        int commentBytes = Short.toUnsignedInt(directory.getShort());
        int disk = Short.toUnsignedInt(directory.getShort());
        directory.getShort();
        int attributes = directory.getInt();
        long place = Integer.toUnsignedLong(directory.getInt());
        require(nameBytes <= LONGEST_NAME, "it has an entry whose name is " + nameBytes + " bytes long");
        require(directory.remaining() >= nameBytes + extraBytes, "its directory is damaged");
        String name = name(directory, nameBytes);
        require(commentBytes == 0 && disk == 0, name + " has a comment, or is in another file");
        requireFile(name, attributes);
        requirePacking(name, flags, method, packed == size);
        require(place(directory, name, place, extraBytes) == next, name + " is not where the entry before it ends");
        long from = next + LOCAL_BYTES + nameBytes;
        ArchiveEntry entry = new ArchiveEntry(name, method == DEFLATED, crc, packed, size, from);
        boolean hasDescriptor = (flags & HAS_DESCRIPTOR) != 0;
        long until = from + packed + (hasDescriptor ? DESCRIPTOR_BYTES : 0);
        require(until <= directoryFrom, name + " goes on into the directory");
        requireSameLocally(entry, flags, method);
        if (hasDescriptor) {
            requireDescriptor(entry);
        }
        entries.add(entry);
        next = until;
    }

    /** Beyond 4 GiB the place stands in a field of its own; there is no other reason for one. */
    private static long place(ByteBuffer directory, String name, long place, int extraBytes) throws ArchiveException {
        if (place != IN_64) {
            require(extraBytes == 0, name + " has extra fields");
            return place;
        }
        require(
                extraBytes == EXTRA_64_BYTES && directory.getShort() == 1 && directory.getShort() == Long.BYTES,
                name + " has extra fields");
        return directory.getLong();
    }

    private static void requirePacking(String name, int flags, int method, boolean isOfOneLength)
            throws ArchiveException {
        require((flags & ~(HAS_DESCRIPTOR | NAME_IS_UTF8)) == 0, name + " is encrypted, or packed in an unusual way");
        require(method == STORED || method == DEFLATED, name + " is packed in an unusual way");
        require(method == DEFLATED || isOfOneLength && (flags & HAS_DESCRIPTOR) == 0, name + " has two lengths");
    }

    /** What stands before the bytes of an entry says the same as the directory, as some readers believe the one, some the other. */
    private void requireSameLocally(ArchiveEntry entry, int flags, int method) throws IOException, ArchiveException {
        boolean isLater = (flags & HAS_DESCRIPTOR) != 0;
        ByteBuffer local = ArchiveBytes.read(file, next, (int) (entry.from() - next));
        boolean isSame = local.getInt() == LOCAL;
        local.getShort();
        isSame &= Short.toUnsignedInt(local.getShort()) == flags && Short.toUnsignedInt(local.getShort()) == method;
        local.getInt();
        isSame &= Integer.toUnsignedLong(local.getInt()) == (isLater ? 0 : entry.crc32())
                && Integer.toUnsignedLong(local.getInt()) == (isLater ? 0 : entry.packedBytes())
                && Integer.toUnsignedLong(local.getInt()) == (isLater ? 0 : entry.sizeBytes());
        isSame &= Short.toUnsignedInt(local.getShort()) == entry.name().length();
        require(isSame && local.getShort() == 0, entry.name() + " says something else than the directory does");
        require(
                StandardCharsets.ISO_8859_1.decode(local).toString().equals(entry.name()),
                entry.name() + " has another name in the directory");
    }

    private void requireDescriptor(ArchiveEntry entry) throws IOException, ArchiveException {
        ByteBuffer descriptor = ArchiveBytes.read(file, entry.from() + entry.packedBytes(), DESCRIPTOR_BYTES);
        require(
                descriptor.getInt() == DESCRIPTOR
                        && Integer.toUnsignedLong(descriptor.getInt()) == entry.crc32()
                        && Integer.toUnsignedLong(descriptor.getInt()) == entry.packedBytes()
                        && Integer.toUnsignedLong(descriptor.getInt()) == entry.sizeBytes(),
                entry.name() + " says something else than the directory does");
    }

    private static void requireFile(String name, int attributes) throws ArchiveException {
        int type = attributes >>> 16 & FILE_TYPE;
        require((type == 0 || type == REGULAR_FILE) && (attributes & FOLDER) == 0, name + " is a link, or no file");
    }

    private static String name(ByteBuffer directory, int length) throws ArchiveException {
        StringBuilder name = new StringBuilder();
        boolean isPlain = length > 0;
        for (int i = 0; i < length; i++) {
            int c = Byte.toUnsignedInt(directory.get());
            boolean isPrintable = c > ' ' && c < 0x7f;
            isPlain &= isPrintable;
            name.append(isPrintable ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\x%02x", c));
        }
        require(isPlain, "it has an entry with the impossible name '" + name + "'");
        return name.toString();
    }
}
