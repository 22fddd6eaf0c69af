package whisktape.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/** One open segment: rows in, a sealed file out. */
abstract sealed class SegmentWriter implements AutoCloseable permits EventSegmentWriter, ActivationSegmentWriter {
    private final Path folder;
    private final Instant openedAt;
    private final SegmentCounts counts;
    private final SegmentFile file;
    private final RowWriter row;

    SegmentWriter(Path folder, Manifest head, SegmentCounts counts, Instant openedAt) throws IOException {
        Segment begun = counts.toSegment();
        this.folder = folder;
        this.openedAt = openedAt;
        this.counts = counts;
        this.file = Table.of(begun.table()).newFile(SegmentNames.openPath(folder, head, begun), head.format());
        this.row = new RowWriter(file);
    }

    Instant openedAt() {
        return openedAt;
    }

    SegmentCounts counts() {
        return counts;
    }

    /** The row being written. */
    RowWriter row() {
        return row;
    }

    /** For many rows at once. */
    final RowsWriter newRowsWriter() {
        return new RowsWriter(file);
    }

    long bufferedBytes() {
        return file.bufferedBytes();
    }

    long writtenBytes() {
        return file.writtenBytes();
    }

    void endRowGroup() throws IOException {
        file.endRowGroup();
    }

    /** Completes the file, gives it its final name, and brings both to the disk. */
    Segment seal(Manifest head) throws IOException {
        Segment segment = counts.toSegment();
        file.finish(Footer.of(head, segment));
        Path sealed = SegmentNames.sealedPath(folder, head, segment);
        file.seal(sealed);
        return segment.sealedAs(SegmentNames.nameInManifest(sealed), file.writtenBytes(), file.sha256());
    }

    /** Releases what it holds; without {@link #seal} the rows are given up, and read again when recording resumes. */
    @Override
    public void close() throws IOException {
        file.close();
    }
}
