package whisktape.replay;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads the selection in a thread of its own, so that decoding and sending share the cores and no event is late because its
 * row group was not unpacked yet. What waits to be taken is bounded in bytes, because a message may have a megabyte.
 */
final class ReadAhead implements AutoCloseable {
    /** A second at thousands of events a second. What waits here longer is copied by the garbage collector again and again. */
    static final long WAITING_BYTES = 4L << 20;

    private static final long CHUNK_BYTES = 256L << 10;

    /** Enough for the hand-over between two threads to cost nothing per event. */
    private static final int CHUNK_EVENTS = 512;

    /**
     * Some events of one round.
     *
     * @param round from 0
     */
    record Chunk(int round, List<SelectedEvent> events, long bytes) {}

    private final Selection selection;
    private final int rounds;
    private final long waitingBytesLimit;
    private final Thread thread = new Thread(this::readAll, "read-ahead");

    private final ArrayDeque<Chunk> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean full;
    private boolean ended;
    private boolean closed;
    private RuntimeException failure;

    ReadAhead(Selection selection, int rounds, long waitingBytesLimit) {
        this.selection = selection;
        this.rounds = rounds;
        this.waitingBytesLimit = waitingBytesLimit;
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits until there is no room for more, or nothing more to read. */
    synchronized void awaitFull() {
        while (!full && !ended) {
            waitForTheOther();
        }
    }

    /** The next events, or null after the last; throws what reading threw, after what was read before it. */
    synchronized Chunk take() {
        while (waiting.isEmpty() && !ended) {
            waitForTheOther();
        }
        Chunk chunk = waiting.poll();
        if (chunk != null) {
            waitingBytes -= chunk.bytes();
            notifyAll();
        } else if (failure != null) {
            throw failure;
        }
        return chunk;
    }

    synchronized long waitingBytes() {
        return waitingBytes;
    }

    /** Ends the reading and waits for the thread to let go of the files. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void readAll() {
        RuntimeException thrown = null;
        try {
            boolean goOn = true;
            for (int round = 0; round < rounds && goOn; round++) {
                goOn = readRound(round);
            }
        } catch (RuntimeException e) {
            thrown = e;
        } catch (Error e) {
            // The other side waits for this thread: whatever ends it must be said there.
            thrown = new IllegalStateException("reading the recording ended with " + e, e);
        }
        synchronized (this) {
            failure = thrown;
            ended = true;
            notifyAll();
        }
    }

    /** False if there is no need for another round: nothing was in this one, or nobody wants more. */
    private boolean readRound(int round) {
        boolean any = false;
        try (MergedEvents events = new MergedEvents(selection)) {
            PartitionEvents at = events.next();
            while (at != null) {
                any = true;
                List<SelectedEvent> chunk = new ArrayList<>(CHUNK_EVENTS);
                long bytes = 0;
                boolean wanted;
                try {
                    while (at != null && chunk.size() < CHUNK_EVENTS && bytes < CHUNK_BYTES) {
                        SelectedEvent event = new SelectedEvent(at.message(), at.timeMs());
                        chunk.add(event);
                        bytes += event.message().sizeBytes();
                        at = events.next();
                    }
                } finally {
                    // What stands before a damaged place is good.
                    wanted = offer(new Chunk(round, chunk, bytes));
                }
                if (!wanted) {
                    return false;
                }
            }
        }
        return any;
    }

    private synchronized boolean offer(Chunk chunk) {
        // A chunk larger than the limit passes alone.
        while (!closed && !waiting.isEmpty() && waitingBytes + chunk.bytes() > waitingBytesLimit) {
            full = true;
            notifyAll();
            waitForTheOther();
        }
        waiting.add(chunk);
        waitingBytes += chunk.bytes();
        notifyAll();
        return !closed;
    }

    private void waitForTheOther() {
        try {
            wait();
        } catch (InterruptedException e) {
            // Nobody here interrupts; stopping goes through close().
            throw new IllegalStateException("interrupted while handing over events", e);
        }
    }
}
