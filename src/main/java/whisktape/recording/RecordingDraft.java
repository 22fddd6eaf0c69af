package whisktape.recording;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import whisktape.WhisktapeException;

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
    private final List<Path> madeFolders;
    private final RecordingLock lock;
    private final Thread atExit = new Thread(this::deleteQuietly, "delete a draft");
    private boolean isDone;

    private RecordingDraft(Path place, Path folder, List<Path> madeFolders, RecordingLock lock) {
        this.place = place;
        this.folder = folder;
        this.madeFolders = madeFolders;
        this.lock = lock;
    }

    /**
     * Refuses a place that is taken.
     *
     * @throws WhisktapeException refused, unless there is nothing, or an empty folder
     */
    public static void requireFree(Path place) {
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
        List<Path> made = new ArrayList<>();
        try {
            makeFolder(folder, made);
            RecordingDraft draft = new RecordingDraft(place, folder, made, RecordingLock.acquire(folder));
            // Also when Ctrl-C ends it.
            Runtime.getRuntime().addShutdownHook(draft.atExit);
            return draft.emptied();
        } catch (IOException e) {
            throw failure(place, e);
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
    public FileChannel newFile(String name) throws IOException {
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
        try (lock) {
            if (!isDone) {
                delete();
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot delete " + folder + ": " + e.getMessage() + "; delete it by hand", e);
        }
    }

    private static void makeFolder(Path folder, List<Path> made) throws IOException {
        for (Path missing = folder; missing != null && !Files.exists(missing); missing = missing.getParent()) {
            made.add(missing);
        }
        Files.createDirectories(folder);
        OwnFiles.requireFolder(folder);
    }

    /** Without what a kill left in it. The lock stays: it is held. */
    private RecordingDraft emptied() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                if (!file.equals(folder) && !RecordingLock.isLock(file)) {
                    Files.delete(file);
                }
            }
            return this;
        } catch (IOException | UncheckedIOException e) {
            close();
            throw e;
        }
    }

    private void deleteQuietly() {
        try {
            delete();
        } catch (IOException e) {
            System.getLogger(RecordingDraft.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete " + folder + ": " + e.getMessage());
        }
    }

    /** Several times, where the process ends while another thread still writes. */
    private void delete() throws IOException {
        for (int attempt = 1; Files.exists(folder); attempt++) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            } catch (IOException | UncheckedIOException e) {
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
