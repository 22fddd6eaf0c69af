package whisktape.recording;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Segments that were merged into others, and whose files are still there for those who opened the recording before. */
final class ReplacedSegments {
    private final Path folder;
    private final Deque<Replaced> waiting = new ArrayDeque<>();

    /**
     * Files that one merge replaced.
     *
     * @param at when
     */
    private record Replaced(List<Path> files, Instant at) {}

    ReplacedSegments(Path folder) {
        this.folder = folder;
    }

    void add(List<Path> files, Instant at) {
        if (!files.isEmpty()) {
            waiting.add(new Replaced(files, at));
        }
    }

    /** Removes the files of those that were replaced at this time or before. */
    void remove(Instant until) {
        while (!waiting.isEmpty() && !waiting.peek().at().isAfter(until)) {
            List<Path> files = waiting.remove().files();
            DiskWork.doIn(folder, () -> {
                for (Path file : files) {
                    Files.deleteIfExists(file);
                }
            });
        }
    }
}
