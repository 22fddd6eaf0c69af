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
import java.util.TreeMap;
import java.util.stream.Collectors;
import whisktape.Gap;
import whisktape.Version;
import whisktape.WhisktapeException;

/**
 * Makes one recording of several that continue each other, or overlap, and changes none of them. What stands in several of
 * them is in it once, what stands in none though it was there is a gap.
 *
 * <p>Throws {@link WhisktapeException} refused where they are of different places, or hold different bytes where there can be
 * only one, and damaged where a segment is not what was sealed.
 */
public final class RecordingMerger {
    private final List<Recording> recordings;
    private final MergedOrigin origin;

    private RecordingMerger(List<Recording> recordings) {
        this.recordings = recordings;
        this.origin = MergedOrigin.of(recordings);
    }

    /**
     * What became of the recordings.
     *
     * @param manifest of the whole
     * @param repeated rows that several of them had
     * @param gaps that none of them had: what happened between them
     */
    public record Merged(Manifest manifest, long repeated, List<Gap> gaps) {}

    /**
     * Merges recordings, in whatever order they are named.
     *
     * @param target empty or not there yet
     * @param labels more than they have, or others
     * @param note instead of theirs; null to keep theirs
     */
    public static Merged merge(List<Recording> recordings, Path target, Map<String, String> labels, String note) {
        List<Recording> sorted = recordings.stream()
                .sorted(Comparator.comparing(
                                (Recording recording) -> recording.manifest().created())
                        .thenComparing(recording -> recording.folder().toString()))
                .toList();
        return new RecordingMerger(sorted).run(target, labels, note);
    }

    /** Labels that the recordings give different values, the last of which counts; by name, from the first on. */
    public static Map<String, List<String>> differentLabels(List<Recording> recordings) {
        Map<String, List<String>> values = new TreeMap<>();
        recordings.stream()
                .map(Recording::manifest)
                .sorted(Comparator.comparing(Manifest::created))
                .forEach(manifest -> manifest.labels()
                        .forEach((label, value) -> values.computeIfAbsent(label, key -> new ArrayList<>())
                                .add(value)));
        values.values().removeIf(some -> some.stream().distinct().count() == 1);
        return values;
    }

    private Merged run(Path target, Map<String, String> labels, String note) {
        recordings.forEach(RecordingMerger::requireAtRest);
        EventMerge events = new EventMerge(recordings, origin);
        Manifest like = manifest().withGaps(events.gaps()).describedBy(labels, note);
        recordings.forEach(RecordingMerger::requireSound);
        try (RecordingCopy copy = RecordingCopy.create(target, like)) {
            events.write(copy);
            DocumentMerge documents = new DocumentMerge(recordings, origin, copy);
            documents.write();
            Manifest merged = copy.finish();
            List<Gap> found = merged.gaps().stream()
                    .filter(gap -> gap.reason().equals(Gap.UNRECORDED) && !isKnown(gap))
                    .toList();
            return new Merged(merged, events.repeated() + documents.repeated(), found);
        }
    }

    private boolean isKnown(Gap gap) {
        return recordings.stream()
                .anyMatch(recording -> recording.manifest().gaps().contains(gap));
    }

    private Manifest manifest() {
        List<Manifest> all = recordings.stream().map(Recording::manifest).toList();
        if (all.stream().map(Manifest::redacted).distinct().count() > 1) {
            throw WhisktapeException.refused(
                    "cannot merge recordings of which some were redacted for sharing and some were not: names differ");
        }
        Map<String, String> labels = new TreeMap<>();
        all.forEach(manifest -> labels.putAll(manifest.labels()));
        String notes = all.stream()
                .map(Manifest::note)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining("; "));
        boolean isComplete = all.stream().allMatch(manifest -> manifest.state() == Manifest.State.COMPLETE);
        Instant created = all.get(0).created();
        return new Manifest(
                Manifest.FORMAT,
                Version.TOOL,
                isComplete ? Manifest.State.COMPLETE : Manifest.State.RECORDING,
                created,
                labels,
                notes.isEmpty() ? null : notes,
                all.get(0).redacted(),
                origin.kafka(),
                origin.couchdb(),
                List.of(),
                List.of());
    }

    private static void requireAtRest(Recording recording) {
        if (recording.state() == Recording.State.RECORDING) {
            throw WhisktapeException.refused(
                    "cannot merge " + recording.folder() + ": it is being recorded; wait for the recorder's end");
        }
    }

    /** Whoever merges recordings may throw them away then, so nothing damaged may pass unnoticed. */
    private static void requireSound(Recording recording) {
        for (Segment segment : recording.segments()) {
            Path file = recording.fileOf(segment);
            try {
                if (!Files.isRegularFile(file) || !Durable.sha256(file).equals(segment.sha256())) {
                    throw WhisktapeException.damaged(
                            "cannot merge " + recording.folder() + ": " + segment.file()
                                    + " is missing or not what was sealed; whisktape verify --repair makes a gap of it",
                            null);
                }
            } catch (IOException e) {
                throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
            }
        }
    }
}
