package whisktape.sharing;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import whisktape.recording.SegmentContents;

/**
 * The last gate before a file leaves: unpacks it and looks at everything in it, names, raw bytes, footers, statistics,
 * dictionaries, pages and values, for what was redacted and for what looks like a secret. What is not there when this has
 * looked was not kept by accident.
 */
final class LeakScan {
    private static final int BUFFER_BYTES = 1 << 20;

    /** What is found may lie across the ends of two buffers. */
    private static final int OVERLAP_BYTES = 256;

    private final TextScan scan;
    private final Path work;

    /** @param work a folder for what is unpacked, a segment at a time */
    LeakScan(Originals originals, Path work) {
        this.scan = new TextScan(originals);
        this.work = work;
    }

    /** What must not leave and is in this zip file; the first of it. */
    List<Leak> leaksIn(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            scan.value(
                    "the file",
                    "its comment",
                    Bytes.utf8(zip.getComment() == null ? "" : zip.getComment().replaceAll("sha256:[0-9a-f]{64}", "")));
            for (ZipEntry entry : Collections.list(zip.entries())) {
                lookAt(zip, entry);
            }
        }
        return scan.leaks();
    }

    private void lookAt(ZipFile zip, ZipEntry entry) throws IOException {
        String name = entry.getName();
        scan.value(name, "its name", Bytes.utf8(name));
        if (entry.getExtra() != null) {
            scan.page(name, "its extra field", entry.getExtra(), entry.getExtra().length);
        }
        Path unpacked = work.resolve("unpacked");
        try (InputStream in = zip.getInputStream(entry)) {
            Files.copy(in, unpacked, StandardCopyOption.REPLACE_EXISTING);
        }
        lookAtRaw(name, unpacked);
        if (name.endsWith(".parquet")) {
            lookAtSegment(name, unpacked);
        } else {
            scan.value(name, "its text", withoutChecksums(Files.readAllBytes(unpacked)));
        }
        Files.delete(unpacked);
    }

    private void lookAtRaw(String name, Path file) throws IOException {
        byte[] buffer = new byte[BUFFER_BYTES];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read = in.readNBytes(buffer, kept, buffer.length - kept);
                    read > 0;
                    read = in.readNBytes(buffer, kept, buffer.length - kept)) {
                int length = kept + read;
                scan.page(name, "its bytes", buffer, length);
                kept = Math.min(OVERLAP_BYTES, length);
                System.arraycopy(buffer, length - kept, buffer, 0, kept);
            }
        }
    }

    private void lookAtSegment(String name, Path file) throws IOException {
        SegmentContents.show(file, new SegmentContents.Visitor() {
            @Override
            public void value(String place, byte[] value) {
                scan.value(name, place, value);
            }

            @Override
            public void page(String place, byte[] bytes) {
                scan.page(name, place, bytes, bytes.length);
            }
        });
    }

    /** Those of segments look as random as they are. */
    private static byte[] withoutChecksums(byte[] manifest) {
        return Bytes.utf8(new String(manifest, StandardCharsets.UTF_8)
                .replaceAll("(\"sha256\"\\s*:\\s*)\"[0-9a-f]{64}\"", "$1\"\""));
    }
}
