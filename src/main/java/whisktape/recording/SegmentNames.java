package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Names of segments: open while written, sealed once complete. */
final class SegmentNames {
    private static final String SEALED = ".parquet";
    private static final String OPEN = ".parquet.open";

    private static final int LONGEST_TOPIC = 249;
    private static final int LONGEST_NAME = 250 + SEALED.length();

    private SegmentNames() {}

    // No regular expressions: to make the first one takes as long as to judge a thousand names without.

    /** Kafka's own rule; such a name is safe as a part of a file's name. */
    static boolean isTopic(String name) {
        return name.length() <= LONGEST_TOPIC && isSafe(name) && !name.equals(".") && !name.equals("..");
    }

    /** True if this is the path of a segment within a recording: its table's folder, and a sealed file right in it. */
    static boolean isSegmentPath(String path) {
        int slash = path.indexOf('/');
        String name = path.substring(slash + 1);
        return slash > 0
                && Table.isTable(path.substring(0, slash))
                && name.endsWith(SEALED)
                && name.length() > SEALED.length()
                && name.length() <= LONGEST_NAME
                && isSafe(name);
    }

    /** True if there are only letters, digits, dots, underscores and hyphens in it, and at least one. */
    private static boolean isSafe(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean isLetter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!isLetter && !(c >= '0' && c <= '9') && c != '-' && c != '.' && c != '_') {
                return false;
            }
        }
        return !name.isEmpty();
    }

    /** Where a segment is written; nothing but its recorder looks at such a file. */
    static Path openPath(Path folder, Manifest head, Segment segment) {
        return folder.resolve(segment.table()).resolve(name(head, segment) + OPEN);
    }

    /**
     * The final name: topic and partition, or the table of documents, then first and next offset. The next offset keeps a
     * merged segment's name apart from the names of those it was merged from, so that both can stand on the disk until the
     * manifest has been replaced.
     */
    static Path sealedPath(Path folder, Manifest head, Segment segment) {
        return folder.resolve(segment.table())
                .resolve("%s-%020d%s".formatted(name(head, segment), segment.nextOffset(), SEALED));
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

    /** All files of the tables' folders, table after table, by name; a folder that is not there has none. */
    static List<Path> list(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        for (Table table : Table.values()) {
            Path files = table.folderIn(folder);
            OwnFiles.requireFolder(files);
            if (Files.isDirectory(files)) {
                try (Stream<Path> some = Files.list(files)) {
                    some.sorted().forEach(all::add);
                }
            }
        }
        return all;
    }

    private static String name(Manifest head, Segment segment) {
        String life = segment.incarnation() == 1 ? "" : "-life" + segment.incarnation();
        String origin = segment.isOf(Table.EVENTS)
                ? head.kafka().topic() + life + "-" + segment.partition()
                : segment.table() + life;
        return "%s-%020d".formatted(origin, segment.fromOffset());
    }
}
