package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Names of segments: open while written, sealed once complete. */
final class SegmentNames {
    private static final String SEALED = ".parquet";
    private static final String OPEN = ".parquet.open";

    /** Kafka's own rule; such a name is safe as a part of a file's name. */
    private static final Pattern TOPIC = Pattern.compile("(?!\\.{1,2}$)[A-Za-z0-9._-]{1,249}");

    private SegmentNames() {}

    static boolean isTopic(String name) {
        return TOPIC.matcher(name).matches();
    }

    /** Where a segment is written; nothing but its recorder looks at such a file. */
    static Path openPath(Path folder, String topic, Segment segment) {
        return folder.resolve(Segment.EVENTS).resolve(name(topic, segment) + OPEN);
    }

    /**
     * The final name: topic, partition, first and next offset. The next offset keeps a merged segment's name apart from the
     * names of those it was merged from, so that both can stand on the disk until the manifest has been replaced.
     */
    static Path sealedPath(Path folder, String topic, Segment segment) {
        return folder.resolve(Segment.EVENTS)
                .resolve("%s-%020d%s".formatted(name(topic, segment), segment.nextOffset(), SEALED));
    }

    /** How the manifest writes the path of a segment: relative, with a slash. */
    static String nameInManifest(Path sealed) {
        return sealed.getParent().getFileName() + "/" + sealed.getFileName();
    }

    static boolean isSealed(Path file) {
        return file.getFileName().toString().endsWith(SEALED);
    }

    static boolean isOpen(Path file) {
        return file.getFileName().toString().endsWith(OPEN);
    }

    /** All files of the table's folder, by name; none if there is no such folder. */
    static List<Path> list(Path folder) throws IOException {
        Path events = folder.resolve(Segment.EVENTS);
        if (!Files.isDirectory(events)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(events)) {
            return files.sorted().toList();
        }
    }

    private static String name(String topic, Segment segment) {
        String life = segment.incarnation() == 1 ? "" : "-life" + segment.incarnation();
        return "%s%s-%d-%020d".formatted(topic, life, segment.partition(), segment.fromOffset());
    }
}
