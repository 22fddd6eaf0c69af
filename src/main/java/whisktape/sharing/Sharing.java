package whisktape.sharing;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import whisktape.Document;
import whisktape.Event;
import whisktape.WhisktapeException;
import whisktape.recording.ActivationReader;
import whisktape.recording.EventReader;
import whisktape.recording.Recording;
import whisktape.recording.RecordingCopy;
import whisktape.recording.ScratchFolder;
import whisktape.recording.Segment;
import whisktape.recording.SegmentContents;

/**
 * Makes one file of a recording for somebody else: redacts it segment by segment, packs what came of it, and looks through the
 * whole file for what should not be there before it gets its name. The recording itself is only read. Memory does not grow
 * with its size.
 */
public final class Sharing {
    private static final int SLOTS = 1 << 24;

    /** How many leaks are named; more would hide what to do. */
    private static final int SAID = 3;

    private final Recording recording;
    private final Path file;
    private final Cut cut;
    private final Set<Keep> keep;
    private final Salt salt;
    private final LongConsumer rowsDone;
    private long rows;

    private Sharing(Recording recording, Path file, Cut cut, Set<Keep> keep, Salt salt, LongConsumer rowsDone) {
        this.recording = recording;
        this.file = file;
        this.cut = cut;
        this.keep = keep;
        this.salt = salt;
        this.rowsDone = rowsDone;
    }

    /**
     * Writes the file.
     *
     * @param file not there yet; nothing is left of it unless all went well
     * @param cut which rows
     * @param keep what leaves as it is
     * @param salt of the pseudonyms
     * @param rowsDone is told now and then how many rows were redacted
     * @throws WhisktapeException refused, where the file is there or the recording is being written; damaged, where the recording
     *     is, or where the file would hold what should not leave
     */
    public static Shared share(
            Recording recording, Path file, Cut cut, Set<Keep> keep, Salt salt, LongConsumer rowsDone) {
        return new Sharing(recording, file, cut, keep, salt, rowsDone).share();
    }

    private Shared share() {
        requireNew();
        if (file.toAbsolutePath()
                .normalize()
                .startsWith(recording.folder().toAbsolutePath().normalize())) {
            throw WhisktapeException.refused("cannot share as " + file
                    + ": that is within the recording, which is not touched; name a file elsewhere");
        }
        if (recording.state() == Recording.State.RECORDING) {
            throw WhisktapeException.refused("cannot share " + recording.folder()
                    + ": it is being recorded; wait for the recorder's end, or stop it by Ctrl-C");
        }
        try (ScratchFolder folder = ScratchFolder.beside(file)) {
            return share(folder.path());
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot write " + file + ": " + e.getMessage() + "; is there such a folder, and room on the disk?",
                    e);
        }
    }

    private Shared share(Path folder) throws IOException {
        Set<String> words = words(folder);
        Originals originals = new Originals(words, 0, 1, SLOTS);
        Recording redacted = redact(originals, folder.resolve("recording"));
        Path archive = folder.resolve("archive");
        String sha256 = ArchiveWriter.write(redacted, archive);
        requireClean(new LeakScan(originals, folder).leaksIn(archive));
        for (int part = 1; part < originals.parts(); part++) {
            Originals more = new Originals(words, part, originals.parts(), SLOTS);
            collect(more);
            requireClean(new LeakScan(more, folder).leaksIn(archive));
        }
        requireNew();
        Files.move(archive, file);
        return shared(redacted, sha256);
    }

    private void requireNew() {
        Path parent = file.toAbsolutePath().getParent();
        if (!Files.isDirectory(parent)) {
            throw new WhisktapeException("cannot write " + file + ": there is no folder " + parent + "; make it first");
        }
        if (Files.exists(file)) {
            throw WhisktapeException.refused("cannot share as " + file + ": it is there already; name another file");
        }
    }

    /** Also the names of columns, as they stand in a file that has nothing else in it. */
    private static Set<String> words(Path folder) throws IOException {
        Set<String> words = new HashSet<>(Vocabulary.words());
        for (String table : List.of(Segment.EVENTS, Segment.ACTIVATIONS)) {
            Path empty = folder.resolve(table);
            Recording.writeEmptySegment(empty, table);
            SegmentContents.show(empty, new SegmentContents.Visitor() {
                @Override
                public void value(String place, byte[] value) {
                    words.addAll(Vocabulary.words(new String(value, StandardCharsets.UTF_8)));
                }

                @Override
                public void page(String place, byte[] bytes) {
                    throw new IllegalStateException("a file without rows has " + place);
                }
            });
            Files.delete(empty);
        }
        return words;
    }

    private Recording redact(Originals originals, Path folder) {
        Redaction redaction = new Redaction(keep, new Pseudonyms(salt), originals);
        EventRedactor events = new EventRedactor(redaction);
        DocumentRedactor documents = new DocumentRedactor(redaction);
        ManifestRedactor manifest = new ManifestRedactor(redaction, cut);
        Cut.Places places = new Cut.Places();
        try (RecordingCopy copy = RecordingCopy.create(folder, manifest.redact(recording.manifest()))) {
            for (Segment segment : recording.segments()) {
                recording.requireWhole(segment);
                Segment whole = manifest.redact(segment);
                copy.begin(cut.isWhole() ? whole : places.begin(whole));
                eachRow(
                        segment,
                        event -> copy.write(events.apply(event)),
                        document -> copy.write(documents.apply(document)));
                if (!cut.isWhole()) {
                    places.end(whole, copy.nextOffset());
                    copy.endUnlessEmpty();
                }
            }
            copy.finish();
        }
        Recording redacted = Recording.open(folder);
        if (cut.isWhole()) {
            requireSameCounts(redacted);
        }
        requireRows(redacted);
        return redacted;
    }

    private void requireRows(Recording redacted) {
        if (redacted.segments().isEmpty()) {
            throw WhisktapeException.refused("cannot share " + recording.folder() + ": "
                    + (cut.isWhole() ? "nothing was recorded in it" : "no row of it is " + cut.description()));
        }
    }

    private void requireSameCounts(Recording redacted) {
        for (int i = 0; i < recording.segments().size(); i++) {
            Segment segment = recording.segments().get(i);
            if (!redacted.segments().get(i).counts().equals(segment.counts())) {
                throw WhisktapeException.damaged(
                        "the segment " + recording.fileOf(segment)
                                + " has other rows than the manifest says; whisktape verify"
                                + " says what is left of the recording",
                        null);
            }
        }
    }

    /** Redacts everything once more, for what is to be known of it. */
    private void collect(Originals originals) {
        Redaction redaction = new Redaction(keep, new Pseudonyms(salt), originals);
        new ManifestRedactor(redaction, cut).redact(recording.manifest());
        EventRedactor events = new EventRedactor(redaction);
        DocumentRedactor documents = new DocumentRedactor(redaction);
        recording.segments().forEach(segment -> eachRow(segment, events::apply, documents::apply));
    }

    private void eachRow(Segment segment, Consumer<Event> event, Consumer<Document> document) {
        if (segment.table().equals(Segment.EVENTS)) {
            try (EventReader events = recording.eventsOf(segment)) {
                while (events.hasNext()) {
                    Event next = events.next();
                    if (cut.holds(segment, next.message().offset())) {
                        event.accept(next);
                    }
                    rowsDone.accept(++rows);
                }
            }
        } else {
            try (ActivationReader documents = recording.activationsOf(segment)) {
                for (long change = segment.fromOffset(); documents.hasNext(); change++) {
                    Document next = documents.next();
                    if (cut.holds(segment, change)) {
                        document.accept(next);
                    }
                    rowsDone.accept(++rows);
                }
            }
        }
    }

    private void requireClean(List<Leak> leaks) {
        if (leaks.isEmpty()) {
            return;
        }
        List<Leak> places = leaks.stream().map(Leak::ofColumn).distinct().toList();
        String first = places.stream().limit(SAID).map(Sharing::said).collect(Collectors.joining("; "));
        String more = places.size() > SAID ? "; and in " + (places.size() - SAID) + " places or more beside" : "";
        throw WhisktapeException.damaged(
                "cannot share " + recording.folder() + ": " + first + more + "; nothing was written. " + advice(leaks),
                null);
    }

    private String advice(List<Leak> leaks) {
        if (keep.isEmpty()) {
            return "If it is no secret, name what it is after --keep";
        }
        return leaks.stream().anyMatch(Leak::isOfAnOriginal)
                ? "Name less after --keep, or also what this is if it is no secret"
                : "Name less after --keep: what looks like this is refused whatever is named";
    }

    private static String said(Leak leak) {
        return leak.what() + " would stand in " + leak.place() + " of " + leak.entry();
    }

    private Shared shared(Recording redacted, String sha256) throws IOException {
        return new Shared(
                rowsOf(redacted, Segment.EVENTS),
                rowsOf(redacted, Segment.ACTIVATIONS),
                redacted.segments().size(),
                Files.size(file),
                sha256);
    }

    private static long rowsOf(Recording recording, String table) {
        return recording.segments(table).stream().mapToLong(Segment::rows).sum();
    }
}
