package whisktape.remote;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import org.apache.hadoop.fs.FSDataInputStream;

/** A remote file being read here and there. */
final class RemoteChannel implements SeekableByteChannel {
    private static final int BUFFER_BYTES = 1 << 16;

    private final FSDataInputStream in;
    private final long size;
    private byte[] buffer;
    private long position;
    private boolean isOpen = true;

    RemoteChannel(FSDataInputStream in, long size) {
        this.in = in;
        this.size = size;
    }

    @Override
    public int read(ByteBuffer to) throws IOException {
        requireOpen();
        if (!to.hasRemaining()) {
            return 0;
        }
        if (position >= size) {
            return -1;
        }
        in.seek(position);
        int read = to.hasArray() ? readIntoArray(to) : readThroughBuffer(to);
        position += Math.max(0, read);
        return read;
    }

    private int readIntoArray(ByteBuffer to) throws IOException {
        int read = in.read(to.array(), to.arrayOffset() + to.position(), to.remaining());
        to.position(to.position() + Math.max(0, read));
        return read;
    }

    private int readThroughBuffer(ByteBuffer to) throws IOException {
        if (buffer == null) {
            buffer = new byte[BUFFER_BYTES];
        }
        int read = in.read(buffer, 0, Math.min(buffer.length, to.remaining()));
        to.put(buffer, 0, Math.max(0, read));
        return read;
    }

    @Override
    public long position() throws IOException {
        requireOpen();
        return position;
    }

    @Override
    public SeekableByteChannel position(long newPosition) throws IOException {
        requireOpen();
        position = newPosition;
        return this;
    }

    @Override
    public long size() throws IOException {
        requireOpen();
        return size;
    }

    @Override
    public int write(ByteBuffer from) {
        throw new NonWritableChannelException();
    }

    @Override
    public SeekableByteChannel truncate(long length) {
        throw new NonWritableChannelException();
    }

    @Override
    public boolean isOpen() {
        return isOpen;
    }

    @Override
    public void close() throws IOException {
        isOpen = false;
        in.close();
    }

    private void requireOpen() throws IOException {
        if (!isOpen) {
            throw new ClosedChannelException();
        }
    }
}
