package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.Gap;
import whisktape.Partitions;

/**
 * The manifest of a recording that several recorders make: a part for each, {@code recording-0-3.json}, which its recorder alone
 * replaces. Read together they are one manifest.
 */
final class ManifestParts {
    private static final Pattern NAME = Pattern.compile("recording-(\\d[0-9,-]*)\\.json");

    private ManifestParts() {}

    /** The name of the file of such a part, or of the whole manifest where there are no parts. */
    static String nameOf(String partitions) {
        return partitions == null ? ManifestFile.NAME : "recording-" + partitions + ".json";
    }

    /** The shares of which a folder has parts, by their first partition. */
    static List<Partitions> in(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> shareOf(file.getFileName().toString()))
                    .flatMap(Optional::stream)
                    .sorted(Comparator.comparing(share -> share.ranges().get(0).from()))
                    .toList();
        }
    }

    private static Optional<Partitions> shareOf(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        try {
            Partitions share = Partitions.parse(matcher.group(1));
            return Optional.of(share).filter(found -> name.equals(nameOf(found.toString())));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * One manifest of all of them.
     *
     * @throws IllegalArgumentException with the reason, where they do not go together
     */
    static Manifest join(List<Manifest> parts) {
        requireTogether(parts);
        List<Manifest> byAge =
                parts.stream().sorted(Comparator.comparing(Manifest::created)).toList();
        Map<String, String> labels = new TreeMap<>();
        byAge.forEach(part -> labels.putAll(part.labels()));
        String note = byAge.stream()
                .map(Manifest::note)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        boolean isComplete = parts.stream().allMatch(part -> part.state() == Manifest.State.COMPLETE);
        Instant created = byAge.get(0).created();
        return new Manifest(
                        byAge.get(0).format(),
                        byAge.get(0).tool(),
                        isComplete ? Manifest.State.COMPLETE : Manifest.State.RECORDING,
                        created,
                        labels,
                        note.isEmpty() ? null : note,
                        parts.stream().anyMatch(Manifest::redacted),
                        kafka(parts),
                        first(parts, Manifest::couchdb),
                        all(parts, Manifest::gaps),
                        List.of())
                .withSegments(all(parts, Manifest::segments));
    }

    /** What a part would contradict: the topic, its cluster, the format. Who records the database is said elsewhere. */
    static Optional<String> problem(Manifest part, Manifest other) {
        if (part.format() != other.format()) {
            return Optional.of("one is of format " + part.format() + ", one of format " + other.format());
        }
        if (part.kafka() == null || other.kafka() == null) {
            return Optional.empty();
        }
        if (!part.kafka().topic().equals(other.kafka().topic())) {
            return Optional.of("one is of topic " + part.kafka().topic() + ", one of topic "
                    + other.kafka().topic());
        }
        if (!Objects.equals(part.kafka().clusterId(), other.kafka().clusterId())) {
            return Optional.of("one is of cluster " + part.kafka().clusterId() + ", one of cluster "
                    + other.kafka().clusterId());
        }
        return Optional.empty();
    }

    private static void requireTogether(List<Manifest> parts) {
        for (Manifest part : parts) {
            for (Manifest other : parts) {
                Optional<String> problem = problem(part, other);
                if (problem.isPresent()) {
                    throw new IllegalArgumentException("its parts do not go together: " + problem.get());
                }
                if (part != other && share(part).overlaps(share(other))) {
                    throw new IllegalArgumentException(
                            "its parts overlap: partitions " + part.partitions() + " and " + other.partitions());
                }
            }
        }
        if (parts.stream().filter(part -> part.couchdb() != null).count() > 1) {
            throw new IllegalArgumentException("two of its parts have the database");
        }
    }

    private static Partitions share(Manifest part) {
        return Partitions.parse(part.partitions());
    }

    private static Manifest.Kafka kafka(List<Manifest> parts) {
        Manifest.Kafka any = first(parts, Manifest::kafka);
        if (any == null) {
            return null;
        }
        Map<Integer, Manifest.Life> lives = new TreeMap<>();
        parts.stream()
                .filter(part -> part.kafka() != null)
                .flatMap(part -> part.kafka().lives().stream())
                .forEach(life -> lives.merge(life.incarnation(), life, ManifestParts::join));
        return new Manifest.Kafka(any.clusterId(), any.topic(), List.copyOf(lives.values()));
    }

    private static Manifest.Life join(Manifest.Life one, Manifest.Life other) {
        Map<Integer, Long> starts = new TreeMap<>(one.startOffsets());
        starts.putAll(other.startOffsets());
        return new Manifest.Life(one.incarnation(), one.topicId() == null ? other.topicId() : one.topicId(), starts);
    }

    private static <T> T first(List<Manifest> parts, Function<Manifest, T> what) {
        return parts.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static <T> List<T> all(List<Manifest> parts, Function<Manifest, List<T>> what) {
        List<T> all = new ArrayList<>();
        parts.forEach(part -> all.addAll(what.apply(part)));
        return all;
    }

    /** True if the part says nothing that belongs to another one. */
    static void requireOwn(Manifest part) {
        Partitions share = share(part);
        for (Segment segment : part.segments()) {
            if (segment.isOf(Table.EVENTS) && !share.contains(segment.partition())) {
                throw new IllegalArgumentException(
                        segment.file() + " is of partition " + segment.partition() + ", not of " + share);
            }
        }
        for (Gap gap : part.gaps()) {
            if (!gap.isOfDocuments() && !share.contains(gap.partition())) {
                throw new IllegalArgumentException("a gap is of partition " + gap.partition() + ", not of " + share);
            }
        }
    }
}
