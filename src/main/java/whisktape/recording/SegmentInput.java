package whisktape.recording;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.io.DelegatingSeekableInputStream;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.SeekableInputStream;
import whisktape.remote.Places;

/** A segment's file for parquet-java to read, wherever it is. */
final class SegmentInput implements InputFile {
    private final Path file;

    private SegmentInput(Path file) {
        this.file = file;
    }

    static InputFile of(Path file) {
        return Places.isRemote(file) ? new SegmentInput(file) : new LocalInputFile(file);
    }

    @Override
    public long getLength() throws IOException {
        return Files.size(file);
    }

    @Override
    public SeekableInputStream newStream() throws IOException {
        SeekableByteChannel channel = Files.newByteChannel(file);
        return new DelegatingSeekableInputStream(Channels.newInputStream(channel)) {
            @Override
            public long getPos() throws IOException {
                return channel.position();
            }

            @Override
            public void seek(long position) throws IOException {
                channel.position(position);
            }
        };
    }

    @Override
    public String toString() {
        return file.toString();
    }
}
