package whisktape.remote;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.StreamCapabilities;

/** A remote file being written; durable once it is closed. */
final class RemoteOutput extends OutputStream {
    private final RemotePath path;
    private final FSDataOutputStream out;
    private final boolean mayReplace;
    private boolean isClosed;

    RemoteOutput(RemotePath path, FSDataOutputStream out, boolean mayReplace) {
        this.path = path;
        this.out = out;
        this.mayReplace = mayReplace;
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
            // That somebody else's came in between each object store says in words of its own.
            throw !mayReplace && Files.exists(path)
                    ? Failures.caused(new FileAlreadyExistsException(path.toString()), e)
                    : Failures.of(path, e);
        }
    }

    /** Gives it up, so that nothing appears; where that cannot be, what has appeared is deleted. Once closed it is too late. */
    void abort() throws IOException {
        if (isClosed) {
            return;
        }
        isClosed = true;
        if (out.hasCapability(StreamCapabilities.ABORTABLE_STREAM)) {
            out.abort();
        } else {
            out.close();
            Files.deleteIfExists(path);
        }
    }
}
