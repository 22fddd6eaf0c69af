package whisktape.recording;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;

/**
 * What a segment's Parquet footer carries beside the schema, so that a lost manifest can be rebuilt from the segments alone:
 * the segment's own line of the manifest, and the rest of the manifest as it was when the segment was sealed.
 *
 * @param head the manifest without its segments
 * @param segment without file, length and checksum
 */
record Footer(Manifest head, Segment segment) {
    private static final String HEAD = "whisktape.recording";
    private static final String SEGMENT = "whisktape.segment";

    static Map<String, String> of(Manifest head, Segment segment) {
        // In an order of their own: that of Map.of is another one each time, and the same rows should give the same
        // file.
        return new TreeMap<>(Map.of(
                HEAD, ManifestFile.toJson(head.withSegments(List.of())),
                SEGMENT, ManifestFile.toJson(segment)));
    }

    /** Reads the footer of a sealed file; any failure means that the file is not a segment of ours, or no longer. */
    static Footer read(Path file) throws IOException {
        Optional<String> problem = OwnFiles.problemOfFile(file);
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        try (ParquetFileReader reader = new ParquetFileReader(SegmentInput.of(file), readOptions())) {
            Map<String, String> metadata = reader.getFooter().getFileMetaData().getKeyValueMetaData();
            if (!metadata.containsKey(HEAD) || !metadata.containsKey(SEGMENT)) {
                throw new IOException("it is a Parquet file, but not one that whisktape wrote");
            }
            Segment segment = ManifestReader.segment(metadata.get(SEGMENT));
            if (segment.rows() != reader.getRecordCount()) {
                throw new IOException(
                        "its footer speaks of " + segment.rows() + " rows, the file has " + reader.getRecordCount());
            }
            Manifest head = ManifestReader.manifest(metadata.get(HEAD).getBytes(StandardCharsets.UTF_8));
            ManifestRules.require(head, segment);
            requireFits(file, segment);
            SegmentLayout.require(reader, Table.of(segment.table()).schema(), Files.size(file));
            return new Footer(head, segment);
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            throw new IOException("it is no complete Parquet file: " + firstLine(e), e);
        }
    }

    /** What a library says; parquet-java likes to append whole schemas. */
    static String firstLine(Throwable e) {
        return e.getMessage() == null
                ? e.toString()
                : e.getMessage().lines().findFirst().orElse(e.toString());
    }

    private static void requireFits(Path file, Segment segment) throws IOException {
        if (!file.toAbsolutePath().getParent().endsWith(segment.table())) {
            throw new IOException("it is a segment of " + segment.table() + " in another folder");
        }
    }

    /** The segment's line of the manifest, with what only the file itself can tell. */
    Segment asSealed(Path file) throws IOException {
        return segment.sealedAs(SegmentNames.nameInManifest(file), Files.size(file), Durable.sha256(file));
    }

    /** True if a manifest of this format, with this line, says the same as the segment itself. */
    boolean isOf(int format, Segment listed) {
        return head.format() == format
                && segment.sealedAs(listed.file(), listed.sizeBytes(), listed.sha256())
                        .equals(listed);
    }

    static ParquetReadOptions readOptions() {
        return ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withCodecFactory(new Zstd())
                .build();
    }
}
