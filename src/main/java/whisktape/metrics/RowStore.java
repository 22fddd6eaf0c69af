package whisktape.metrics;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import whisktape.WhisktapeException;

/**
 * Many lists that grow side by side, and are read one after the other: what is beyond a block of each lies in one temporary file, so
 * memory depends on how many lists there are, and not on how long they get.
 *
 * <p>A list's blocks are chained. Where the next one will be is settled when a block is written, so nothing is written twice.
 */
final class RowStore implements AutoCloseable {
    private static final int BLOCK_BYTES = 1024;

    private final FileChannel file;
    private long end;

    private RowStore(FileChannel file) {
        this.file = file;
    }

    static RowStore create() {
        try {
            Path path = Files.createTempFile("whisktape-", ".rows");
            return new RowStore(FileChannel.open(
                    path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE));
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** A new list, of rows with so many values each. */
    Rows rows(int width) {
        return new Rows(width);
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long allocate() {
        long place = end;
        end += BLOCK_BYTES;
        return place;
    }

    private static WhisktapeException failure(IOException e) {
        return new WhisktapeException(
                "cannot keep samples in " + System.getProperty("java.io.tmpdir") + ": " + e.getMessage()
                        + "; make room there, or name another folder by WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER",
                e);
    }

    /** One list: numbered rows of values. */
    final class Rows {
        private final int width;
        private final int rowsPerBlock;
        private final ByteBuffer block;
        private final long firstPlace = allocate();
        private long place = firstPlace;
        private int rowsInBlock;

        private Rows(int width) {
            this.width = width;
            int rowBytes = Integer.BYTES + width * Double.BYTES;
            this.rowsPerBlock = Math.max(1, (BLOCK_BYTES - Long.BYTES) / rowBytes);
            this.block = ByteBuffer.allocate(BLOCK_BYTES);
            if (rowBytes + Long.BYTES > BLOCK_BYTES) {
                throw new IllegalArgumentException("a row of " + width + " values is longer than a block");
            }
        }

        void add(int number, double[] values) {
            if (rowsInBlock == rowsPerBlock) {
                write();
            }
            block.putInt(number);
            for (double value : values) {
                block.putDouble(value);
            }
            rowsInBlock++;
        }

        /** Reads what has been added until now. */
        Cursor read() {
            return new Cursor(this);
        }

        private void write() {
            long next = allocate();
            block.putLong(BLOCK_BYTES - Long.BYTES, next).clear();
            try {
                for (long at = place; block.hasRemaining(); ) {
                    at += file.write(block, at);
                }
            } catch (IOException e) {
                throw failure(e);
            }
            block.clear();
            place = next;
            rowsInBlock = 0;
        }
    }

    /** A way through a list, from its first row on. */
    final class Cursor {
        private final Rows rows;
        private final double[] values;
        private ByteBuffer block = ByteBuffer.allocate(BLOCK_BYTES);
        private long place;
        private int left;
        private int number;

        private Cursor(Rows rows) {
            this.rows = rows;
            this.values = new double[rows.width];
            open(rows.firstPlace);
        }

        /** Goes to the next row; false behind the last. */
        boolean advance() {
            if (left == 0 && place != rows.place) {
                open(block.getLong(BLOCK_BYTES - Long.BYTES));
            }
            if (left == 0) {
                return false;
            }
            left--;
            number = block.getInt();
            for (int i = 0; i < values.length; i++) {
                values[i] = block.getDouble();
            }
            return true;
        }

        int number() {
            return number;
        }

        /** The row's values, in an array that the next row takes over. */
        double[] values() {
            return values;
        }

        private void open(long at) {
            place = at;
            if (at == rows.place) {
                block = rows.block.duplicate().rewind();
                left = rows.rowsInBlock;
                return;
            }
            try {
                block.clear();
                while (block.hasRemaining()) {
                    if (file.read(block, at + block.position()) < 0) {
                        throw new IllegalStateException("the file ends inside of the block at " + at);
                    }
                }
            } catch (IOException e) {
                throw failure(e);
            }
            block.flip();
            left = rows.rowsPerBlock;
        }
    }
}
