package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.Partitions;

/**
 * What one recorder writes of a recording: all of it, or some partitions and perhaps the documents.
 *
 * @param folder of the recording
 * @param partitions empty for all of it
 */
record Share(Path folder, Optional<Partitions> partitions) {
    private static final Pattern PARTITION = Pattern.compile("-(\\d{1,9})-\\d{20}(-\\d{20})?\\.parquet(\\.open)?");

    static Share whole(Path folder) {
        return new Share(folder, Optional.empty());
    }

    /** Those that a recording has now; whoever lost his part of the manifest is known by his segments. */
    static List<Share> of(Path folder) throws IOException {
        if (Files.exists(folder.resolve(ManifestFile.NAME))) {
            return List.of(whole(folder));
        }
        List<Partitions> known = new ArrayList<>(ManifestParts.in(folder));
        for (Path file : SegmentNames.list(folder)) {
            if (SegmentNames.isSealed(file) && known.stream().noneMatch(share -> contains(share, file))) {
                partitionsIn(file)
                        .filter(found -> known.stream().noneMatch(found::overlaps))
                        .ifPresent(known::add);
            }
        }
        return known.isEmpty()
                ? List.of(whole(folder))
                : known.stream()
                        .map(partitions -> new Share(folder, Optional.of(partitions)))
                        .toList();
    }

    boolean isWhole() {
        return partitions.isEmpty();
    }

    /** The name of its manifest. */
    String manifestName() {
        return ManifestParts.nameOf(partitions.map(Partitions::toString).orElse(null));
    }

    Manifest readManifest() {
        return isWhole() ? ManifestFile.read(folder) : ManifestFile.readPart(folder, partitions.get());
    }

    /** Files of segments, open ones too, that its recorder alone may touch. */
    List<Path> files(boolean hasDocuments) throws IOException {
        List<Path> files = SegmentNames.list(folder);
        return isWhole()
                ? files
                : files.stream()
                        .filter(file -> isOfDocuments(file) ? hasDocuments : contains(partitions.get(), file))
                        .toList();
    }

    /** True if there is anything to go on with. */
    boolean hasBegun() throws IOException {
        if (Files.exists(folder.resolve(manifestName()))) {
            return true;
        }
        return files(isWhole()).stream().anyMatch(SegmentNames::isSealed);
    }

    /** True if no other one of this recording has the documents. */
    boolean mayHaveDocuments() throws IOException {
        if (isWhole()) {
            return true;
        }
        for (Partitions other : ManifestParts.in(folder)) {
            if (!other.equals(partitions.get())
                    && ManifestFile.readPart(folder, other).couchdb() != null) {
                return false;
            }
        }
        return true;
    }

    private static boolean isOfDocuments(Path file) {
        return file.getParent().endsWith(Segment.ACTIVATIONS);
    }

    private static boolean contains(Partitions share, Path file) {
        Matcher matcher = PARTITION.matcher(file.getFileName().toString());
        return !isOfDocuments(file) && matcher.find() && share.contains(Integer.parseInt(matcher.group(1)));
    }

    private static Optional<Partitions> partitionsIn(Path file) {
        try {
            return Optional.ofNullable(Footer.read(file).head().partitions()).map(Partitions::parse);
        } catch (IOException | IllegalArgumentException e) {
            // What cannot be read says nothing; repairing sets it aside.
            return Optional.empty();
        }
    }
}
