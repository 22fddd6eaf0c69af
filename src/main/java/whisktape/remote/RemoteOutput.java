package whisktape.remote;

import java.io.IOException;
import java.io.OutputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** A remote file being written; durable once it is closed. */
final class RemoteOutput extends OutputStream {
    private final RemotePath path;
    private final FSDataOutputStream out;
    private boolean isClosed;

    RemoteOutput(RemotePath path, FSDataOutputStream out) {
        this.path = path;
        this.out = out;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
        try {
            out.write(bytes, from, length);
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    /** Where the file system can bring what is written to the disks, closing alone does not; elsewhere it does. */
    @Override
    public void close() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        try (out) {
            if (out.hasCapability(StreamCapabilities.HSYNC)) {
                out.hsync();
            }
        } catch (IOException e) {
            throw Failures.of(path, e);
        }
    }

    /** Gives it up: in an object store nothing appears then, elsewhere half a file stays. */
    void abort() throws IOException {
        isClosed = true;
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            out.abort();
        } else {
            out.close();
        }
    }
}
