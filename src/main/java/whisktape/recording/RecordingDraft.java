package whisktape.recording;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

/**
 * A recording that is made as a whole: in a hidden folder beside its place, which it takes at once when nothing is missing. Whatever
 * ends before leaves nothing but, after a kill, the hidden folder, which the next draft for the same place removes.
 *
 * <p>Every method throws {@link WhisktapeException} where the disk fails.
 */
public final class RecordingDraft implements AutoCloseable {
    private static final int ATTEMPTS = 10;

    private final Path place;
    private final Path folder;
    private final List<Path> madeFolders = new CopyOnWriteArrayList<>();
    private final Thread atExit = new Thread(this::deleteAtExit, "delete a draft");
    private volatile RecordingLock lock;
    private boolean isDone;
    private boolean isEnding;

    private RecordingDraft(Path place, Path folder) {
        this.place = place;
        this.folder = folder;
    }

    /**
     * Refuses a place that is taken.
     *
     * @throws WhisktapeException refused, unless there is nothing, or an empty folder
     */
    public static void requireFree(Path place) {
        if (Places.isRemote(place)) {
            throw WhisktapeException.refused("cannot unpack into " + place
                    + ": name a folder of this machine with -o, and copy it there when it is whole");
        }
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try {
            if (Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS) && isEmpty(place)) {
                return;
            }
        } catch (IOException e) {
            throw failure(place, e);
        }
        throw WhisktapeException.refused(place + " is there already; name another folder with -o");
    }

    /** Begins a draft for this place, with the folders above it. */
    public static RecordingDraft begin(Path place) {
        requireFree(place);
        Path absolute = place.toAbsolutePath().normalize();
        Path folder = absolute.resolveSibling("." + absolute.getFileName() + ".draft");
        RecordingDraft draft = new RecordingDraft(place, folder);
        // Before there is anything, so that Ctrl-C leaves nothing at any moment.
        Runtime.getRuntime().addShutdownHook(draft.atExit);
        try {
            draft.makeFolder();
            draft.lock = RecordingLock.acquire(folder);
            draft.removeAllButLock();
            return draft;
        } catch (IOException e) {
            draft.close();
            throw failure(place, e);
        } catch (RuntimeException e) {
            draft.close();
            throw e;
        }
    }

    /** Where it is until it is published. */
    public Path folder() {
        return folder;
    }

    /** Bytes that the disk has room for. */
    public long usableBytes() {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException e) {
            throw failure(place, e);
        }
    }

    /** A new file by its name in the manifest; whoever writes it forces it to the disk. */
    public synchronized FileChannel newFile(String name) throws IOException {
        if (isEnding) {
            throw new InterruptedIOException("the process is ending");
        }
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Takes the place; from here on the recording is there, also after a power cut. */
    public void publish() {
        try {
            for (Table table : Table.values()) {
                if (Files.isDirectory(table.folderIn(folder))) {
                    Durable.forceFolder(table.folderIn(folder));
                }
            }
            Durable.forceFolder(folder);
            requireFree(place);
            Durable.rename(folder, place.toAbsolutePath().normalize());
            isDone = true;
        } catch (IOException e) {
            throw failure(place, e);
        }
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The process is ending, and the hook is deleting already.
            return;
        }
        RecordingLock held = lock;
        try (held) {
            if (!isDone && isOurs()) {
                delete();
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot delete " + folder + ": " + e.getMessage() + "; delete it by hand", e);
        }
    }

    private void makeFolder() throws IOException {
        for (Path missing = folder; missing != null && !Files.exists(missing); missing = missing.getParent()) {
            madeFolders.add(missing);
        }
        Files.createDirectories(folder);
        OwnFiles.requireFolder(folder);
    }

    /** Not a draft that another process is at. */
    private boolean isOurs() {
        return lock != null || madeFolders.contains(folder);
    }

    /** Without what a kill left in it. The lock stays: it is held. */
    private void removeAllButLock() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !RecordingLock.isLock(file)) {
                    Files.delete(file);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private synchronized void deleteAtExit() {
        isEnding = true;
        try {
            if (isOurs()) {
                delete();
            }
        } catch (IOException e) {
            System.getLogger(RecordingDraft.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + folder + ": " + e.getMessage());
        }
    }

    /** Several times, where the process ends while another thread still writes. */
    private void delete() throws IOException {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try {
                ScratchFolder.delete(folder);
            } catch (IOException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
        for (Path made : madeFolders) {
            if (Files.isDirectory(made) && isEmpty(made)) {
                Files.delete(made);
            }
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.findAny().isEmpty();
        } catch (NoSuchFileException e) {
            return true;
        }
    }

    private static WhisktapeException failure(Path place, IOException e) {
        return new WhisktapeException("cannot write " + place + ": " + e, e);
    }
}
