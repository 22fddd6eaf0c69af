package whisktape.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.hadoop.fs.FileStatus;

/**
 * A lock where no operating system takes one back: a file that says who holds it, and shows a sign of life every few seconds. Without
 * one for a while its holder counts as gone, at once if it is known to be; then the next one takes the lock over. Nobody's clock
 * is compared with another's.
 *
 * <p>Who was stopped for longer than that and goes on is told so by {@link #requireHeld}, before it writes anything that others
 * would believe. Two that take over in the same moment may both believe so, until one of them asks.
 */
public final class RemoteLock implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(RemoteLock.class.getName());
    private static final Timing TIMING =
            new Timing(Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofMillis(500), Duration.ofSeconds(60));

    private final Path file;
    private final Holder holder;
    private final Timing timing;
    private final Thread signs = new Thread(this::giveSigns, "hold a lock");
    private volatile boolean isReleased;

    /**
     * How long everything takes.
     *
     * @param sign between two signs of life
     * @param patience without one a holder counts as gone
     * @param settling after writing, until everybody sees who was last
     * @param fresh for readers: how old the newest sign may be, by their own clock
     */
    record Timing(Duration sign, Duration patience, Duration settling, Duration fresh) {}

    private RemoteLock(Path file, Holder holder, Timing timing) {
        this.file = file;
        this.holder = holder;
        this.timing = timing;
        signs.setDaemon(true);
    }

    /** Takes a lock, or says who holds it: then the result is empty, and the lock somebody else's. */
    public static Optional<RemoteLock> tryAcquire(Path file) throws IOException {
        return tryAcquire(file, Holder.here(), TIMING);
    }

    static Optional<RemoteLock> tryAcquire(Path file, Holder holder, Timing timing) throws IOException {
        RemoteLock lock = new RemoteLock(file, holder, timing);
        if (!lock.create() && !(lock.isAbandoned() && lock.takeOver())) {
            return Optional.empty();
        }
        lock.signs.start();
        return Optional.of(lock);
    }

    /** True while its holder gives signs of life, as far as this machine's clock can tell. */
    public static boolean isHeld(Path file) throws IOException {
        Optional<Sign> sign = Sign.read(file);
        return sign.isPresent()
                && !sign.get().isOfOneGone()
                && System.currentTimeMillis() - sign.get().modified() < TIMING.fresh.toMillis();
    }

    /** True if it is still ours; asks the file system. */
    public boolean isHeld() throws IOException {
        return Sign.read(file).map(sign -> sign.isOf(holder)).orElse(false);
    }

    @Override
    public void close() throws IOException {
        isReleased = true;
        LockSupport.unpark(signs);
        if (isHeld()) {
            Files.deleteIfExists(file);
        }
    }

    /**
     * A lock file as it was seen.
     *
     * @param modified epoch milliseconds by the file system's clock
     */
    private record Sign(long modified, byte[] text) {
        static Optional<Sign> read(Path file) throws IOException {
            try {
                FileStatus status = RemoteFiles.status(file);
                return Optional.of(new Sign(status.getModificationTime(), Places.readReplaced(file)));
            } catch (NoSuchFileException e) {
                return Optional.empty();
            }
        }

        boolean isSameAs(Sign other) {
            return modified == other.modified && Arrays.equals(text, other.text);
        }

        boolean isOf(Holder holder) {
            return Arrays.equals(text, holder.toText());
        }

        boolean isOfOneGone() {
            return Holder.of(text).map(Holder::isKnownToBeGone).orElse(false);
        }
    }

    private boolean create() throws IOException {
        try {
            write(false);
        } catch (FileAlreadyExistsException e) {
            return false;
        }
        return isOursOnceSettled();
    }

    /** Waits for a sign of life, unless it is known that none can come. */
    private boolean isAbandoned() throws IOException {
        Optional<Sign> first = Sign.read(file);
        long begin = System.nanoTime();
        boolean isSaid = false;
        for (Optional<Sign> now = first; System.nanoTime() - begin < timing.patience.toNanos(); now = Sign.read(file)) {
            if (now.isEmpty() || now.get().isOfOneGone()) {
                return true;
            }
            if (first.isEmpty() || !now.get().isSameAs(first.get())) {
                return false;
            }
            if (!isSaid) {
                isSaid = true;
                say(now.get());
            }
            LockSupport.parkNanos(timing.sign.toNanos() / 5);
        }
        return true;
    }

    private void say(Sign sign) {
        LOG.log(
                System.Logger.Level.WARNING,
                "{0} is held by {1}; waiting for a sign of life, {2} s at most",
                file,
                Holder.of(sign.text()).map(Holder::describe).orElse("somebody"),
                timing.patience.toSeconds());
    }

    private boolean takeOver() throws IOException {
        write(true);
        return isOursOnceSettled();
    }

    /** Where the file system cannot give one name to one only, the last one who wrote has it. */
    private boolean isOursOnceSettled() throws IOException {
        LockSupport.parkNanos(timing.settling.toNanos());
        return isHeld();
    }

    private void giveSigns() {
        while (!isReleased) {
            LockSupport.parkNanos(timing.sign.toNanos());
            try {
                if (!isReleased && isHeld()) {
                    giveSign();
                }
            } catch (IOException | RuntimeException e) {
                // The next one may get through; who writes meanwhile asks for himself.
                LOG.log(System.Logger.Level.DEBUG, "no sign of life for " + file, e);
            }
        }
    }

    private void giveSign() throws IOException {
        RemotePath path = (RemotePath) file;
        if (path.getFileSystem().hasAtomicRename()) {
            path.getFileSystem().hadoop().setTimes(path.toHadoop(), System.currentTimeMillis(), -1);
        } else {
            write(true);
        }
    }

    private void write(boolean overwrite) throws IOException {
        Places.upload(Channels.newChannel(new ByteArrayInputStream(holder.toText())), file, overwrite);
    }
}
