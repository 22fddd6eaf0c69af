package whisktape.sharing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import whisktape.DocumentFixtures;
import whisktape.Event;
import whisktape.Fixtures;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** An archive byte by byte, as {@code share} writes it, and with whatever a test wants to be wrong in it; sealed in the end. */
public final class ArchiveFixture {
    /** 2026-01-01 00:00:00, as zip writes it. */
    private static final int TIME = (46 << 9 | 1 << 5 | 1) << 16;

    final List<Entry> entries = new ArrayList<>();
    byte[] beforeFirst = {};
    byte[] beforeDirectory = {};
    byte[] beforeEnd = {};
    boolean isLarge;
    Integer countInEnd;
    Integer directoryFromInEnd;

    /** One entry; what is not set otherwise is right. */
    static final class Entry {
        byte[] name;
        byte[] localName;
        byte[] bytes;
        byte[] packed;
        byte[] extra = {};
        byte[] localExtra = {};
        byte[] comment = {};
        int flags;
        int localFlags = -1;
        int method;
        int localMethod = -1;
        int attributes;
        int size;
        int localSize;
        int packedSize;
        int crc;
        int offset = -1;
        boolean isPlaceInExtra;
        boolean isOnlyInDirectory;
        boolean isOnlyLocal;

        Entry(String name, byte[] bytes) {
            this(name.getBytes(StandardCharsets.UTF_8), bytes);
        }

        Entry(byte[] name, byte[] bytes) {
            this.name = name;
            this.localName = name;
            contents(bytes);
        }

        void contents(byte[] bytes) {
            this.bytes = bytes;
            this.packed = bytes;
            this.size = bytes.length;
            this.localSize = bytes.length;
            this.packedSize = bytes.length;
            CRC32 crc32 = new CRC32();
            crc32.update(bytes);
            this.crc = (int) crc32.getValue();
        }

        void text(String text) {
            contents(text.getBytes(StandardCharsets.UTF_8));
        }

        Entry rename(String other) {
            name = other.getBytes(StandardCharsets.UTF_8);
            localName = name;
            return this;
        }

        Entry deflate() {
            Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[1 << 16];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            deflater.end();
            packed = out.toByteArray();
            packedSize = packed.length;
            method = 8;
            return this;
        }

        private byte[] local() {
            boolean hasDescriptor = (flags & 8) != 0;
            ByteBuffer header = little(30 + localName.length + localExtra.length)
                    .putInt(0x04034b50)
                    .putShort((short) 20)
                    .putShort((short) (localFlags < 0 ? flags : localFlags))
                    .putShort((short) (localMethod < 0 ? method : localMethod))
                    .putInt(TIME)
                    .putInt(hasDescriptor ? 0 : crc)
                    .putInt(hasDescriptor ? 0 : packedSize)
                    .putInt(hasDescriptor ? 0 : localSize)
                    .putShort((short) localName.length)
                    .putShort((short) localExtra.length)
                    .put(localName)
                    .put(localExtra);
            byte[] descriptor = hasDescriptor
                    ? little(16)
                            .putInt(0x08074b50)
                            .putInt(crc)
                            .putInt(packedSize)
                            .putInt(localSize)
                            .array()
                    : new byte[0];
            return join(header.array(), packed, descriptor);
        }

        /** Says its place as entries beyond 4 GiB do. */
        void beyond4GiB(long place) {
            offset = -1;
            isPlaceInExtra = true;
            extra = little(12)
                    .putShort((short) 1)
                    .putShort((short) 8)
                    .putLong(place)
                    .array();
        }

        private byte[] central(int from) {
            return little(46 + name.length + extra.length + comment.length)
                    .putInt(0x02014b50)
                    .putShort((short) 20)
                    .putShort((short) 20)
                    .putShort((short) flags)
                    .putShort((short) method)
                    .putInt(TIME)
                    .putInt(crc)
                    .putInt(packedSize)
                    .putInt(size)
                    .putShort((short) name.length)
                    .putShort((short) extra.length)
                    .putShort((short) comment.length)
                    .putShort((short) 0)
                    .putShort((short) 0)
                    .putInt(attributes)
                    .putInt(isPlaceInExtra ? -1 : offset < 0 ? from : offset)
                    .put(name)
                    .put(extra)
                    .put(comment)
                    .array();
        }
    }

    /** A recording of both tables, three segments, that says to be redacted. */
    public static Recording recording(Path folder) {
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            events.add(Fixtures.event(Fixtures.message(i % 2, i / 2, 1_700_000_000_000L + i, "{\"n\":" + i + "}")));
        }
        Recording recording =
                DocumentFixtures.recordingWith(Fixtures.recordingOf(folder, events), DocumentFixtures.documents(0, 20));
        try {
            Files.write(folder.resolve("recording.json"), redactedManifest(recording));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Recording.open(folder);
    }

    /** What {@code share} would make of a recording. */
    public static ArchiveFixture of(Recording recording) throws IOException {
        ArchiveFixture archive = new ArchiveFixture();
        archive.entries.add(new Entry("recording.json", redactedManifest(recording)));
        for (Segment segment : recording.segments()) {
            archive.entries.add(new Entry(segment.file(), Files.readAllBytes(recording.fileOf(segment))));
        }
        return archive;
    }

    private static byte[] redactedManifest(Recording recording) throws IOException {
        String text = Files.readString(recording.folder().resolve("recording.json"));
        return ManifestText.sealed(text.replace("\"redacted\" : false", "\"redacted\" : true"));
    }

    Entry manifest() {
        return entries.get(0);
    }

    Entry entry(int i) {
        return entries.get(i);
    }

    /** Rewrites the manifest as text. */
    ArchiveFixture inManifest(String from, String to) {
        String before = new String(manifest().bytes, StandardCharsets.UTF_8);
        String after = before.replace(from, to);
        if (after.equals(before)) {
            throw new IllegalArgumentException("the manifest has no " + from);
        }
        manifest().contents(ManifestText.sealed(after));
        return this;
    }

    /** A manifest of this recording that believes in other bytes for one of its segments. */
    public static byte[] manifestFor(Recording recording, int i, byte[] bytes) throws IOException {
        Segment segment = recording.segments().get(i);
        String text = Files.readString(recording.folder().resolve("recording.json"));
        String size = "\"size_bytes\" : ";
        int from = text.indexOf(size + segment.sizeBytes(), text.indexOf(segment.file()));
        int until = from + size.length() + segment.sizeBytes().toString().length();
        return ManifestText.sealed((text.substring(0, from) + size + bytes.length + text.substring(until))
                .replace(segment.sha256(), sha256(bytes)));
    }

    /** The archive, with a seal that fits. */
    public byte[] sealed() {
        return seal(bytes());
    }

    /** Everything before the comment's text. */
    byte[] bytes() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(beforeFirst);
        List<Integer> places = new ArrayList<>();
        for (Entry entry : entries) {
            places.add(out.size());
            if (!entry.isOnlyInDirectory) {
                out.writeBytes(entry.local());
            }
        }
        out.writeBytes(beforeDirectory);
        int directoryFrom = out.size();
        int count = 0;
        for (int i = 0; i < entries.size(); i++) {
            if (!entries.get(i).isOnlyLocal) {
                out.writeBytes(entries.get(i).central(places.get(i)));
                count++;
            }
        }
        int directoryBytes = out.size() - directoryFrom;
        out.writeBytes(beforeEnd);
        if (isLarge) {
            out.writeBytes(largeEnd(out.size(), count, directoryBytes, directoryFrom));
        }
        out.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) (countInEnd == null ? count : countInEnd))
                .putShort((short) (countInEnd == null ? count : countInEnd))
                .putInt(directoryBytes)
                .putInt(isLarge ? -1 : directoryFromInEnd == null ? directoryFrom : directoryFromInEnd)
                .putShort((short) ArchiveSeal.TEXT_BYTES)
                .array());
        return out.toByteArray();
    }

    /** What stands before the end of an archive beyond 4 GiB, which this one only says to be. */
    private static byte[] largeEnd(int at, int count, int directoryBytes, int directoryFrom) {
        return little(76)
                .putInt(0x06064b50)
                .putLong(44)
                .putInt(45 << 16 | 45)
                .putLong(0)
                .putLong(count)
                .putLong(count)
                .putLong(directoryBytes)
                .putLong(directoryFrom)
                .putInt(0x07064b50)
                .putInt(0)
                .putLong(at)
                .putInt(1)
                .array();
    }

    static byte[] seal(byte[] bytes) {
        return join(bytes, ArchiveSeal.text(sha256(bytes)).getBytes(StandardCharsets.US_ASCII));
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /** A manifest that was rewritten, with a checksum that fits again. */
    static final class ManifestText {
        private static final String FIELD = ",\n  \"sha256\" : \"";

        private ManifestText() {}

        static byte[] sealed(String text) {
            int end = text.lastIndexOf(FIELD);
            String body = end < 0 ? text : text.substring(0, end);
            String tail = end < 0 ? "" : FIELD + sha256(body.getBytes(StandardCharsets.UTF_8)) + "\"\n}\n";
            return (body + tail).getBytes(StandardCharsets.UTF_8);
        }
    }
}
