package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import whisktape.Gap;
import whisktape.Message;
import whisktape.WhisktapeException;
import whisktape.recording.Verification.Problem;

/**
 * Compares a recording's manifest with its files, and reads every row back: lengths, checksums, numbers of rows, offsets
 * that ascend and leave out nothing but gaps that are known, changes without a number left out. Changes nothing.
 */
public final class Verifier {
    private static final long WRONG = -1;

    private final Recording recording;
    private final List<Problem> problems = new ArrayList<>();
    private int segmentsRead;
    private long events;
    private long documents;

    private Verifier(Recording recording) {
        this.recording = recording;
    }

    public static Verification verify(Recording recording) {
        return new Verifier(recording).run();
    }

    /**
     * The same for a folder: what is wrong with its manifest is a problem too.
     *
     * @throws WhisktapeException where there is no such folder, or it cannot be read, or its format is a newer one
     */
    public static Verification verify(Path folder) {
        try {
            return verify(Recording.open(folder));
        } catch (WhisktapeException e) {
            boolean isFound = e.kind() == WhisktapeException.Kind.DAMAGED
                    || Files.isDirectory(folder)
                            && !Files.exists(folder.resolve(ManifestFile.NAME))
                            && ManifestFile.sharesIn(folder).isEmpty();
            if (!isFound) {
                throw e;
            }
            return new Verification(0, 0, 0, 0, List.of(new Problem(null, e.getMessage())));
        }
    }

    /**
     * Makes a recording consistent again from its sealed segments.
     *
     * @return what was changed, a sentence each
     * @throws WhisktapeException where another process writes to it, or nothing is left
     */
    public static List<String> repair(Path folder) {
        try {
            // Of a recording in parts this keeps others from joining.
            RecordingLock lock = RecordingLock.acquire(folder);
            try (lock) {
                List<Share> shares = Share.of(folder);
                List<String> done = new ArrayList<>();
                for (Share share : shares) {
                    done.addAll(repair(share));
                }
                return List.copyOf(done);
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot repair " + folder + ": " + e.getMessage(), e);
        }
    }

    private static List<String> repair(Share share) throws IOException {
        if (share.isWhole()) {
            return repairHeld(share);
        }
        RecordingLock lock = RecordingLock.acquire(share);
        try (lock) {
            return repairHeld(share);
        }
    }

    private static List<String> repairHeld(Share share) throws IOException {
        Recovery recovery = Recovery.toRepair(share);
        SegmentMerger.merge(share.folder(), recovery.manifest());
        return recovery.done();
    }

    private Verification run() {
        ManifestFile.problemOfChecksum(recording.folder()).ifPresent(problem -> report(null, problem));
        List<Segment> segments = recording.segments();
        segments.forEach(this::verify);
        Continuity.overlaps(recording.manifest()).forEach(this::reportOverlap);
        Continuity.holes(recording.manifest()).forEach(this::reportHole);
        recording.manifest().gaps().forEach(this::reportGap);
        reportUnlisted();
        reportUnreadable(Segment.EVENTS, "events");
        reportUnreadable(Segment.ACTIVATIONS, "documents");
        if (segments.stream().allMatch(segment -> segment.rows() == 0)) {
            reportKnown("there is no row in it: nothing was verified");
        }
        return new Verification(segments.size(), segmentsRead, events, documents, List.copyOf(problems));
    }

    private void verify(Segment segment) {
        Path file = recording.fileOf(segment);
        try {
            if (!Files.isRegularFile(file)) {
                report(segment, "is missing");
            } else if (Files.size(file) != segment.sizeBytes()) {
                report(segment, "has " + Files.size(file) + " bytes; the manifest says " + segment.sizeBytes());
            } else if (!Durable.sha256(file).equals(segment.sha256())) {
                report(segment, "is not what was sealed: its checksum differs");
            } else if (readBack(segment)
                    && !Footer.read(file).isOf(recording.manifest().format(), segment)) {
                report(segment, "says something else of itself than the manifest does");
            }
        } catch (IOException | WhisktapeException e) {
            report(segment, "cannot be read: " + e.getMessage());
        }
    }

    /** False where that was a problem. */
    private boolean readBack(Segment segment) {
        boolean isOfEvents = segment.isOf(Table.EVENTS);
        long read = isOfEvents ? readEvents(segment) : readDocuments(segment);
        if (read == WRONG) {
            return false;
        }
        if (isOfEvents) {
            events += read;
        } else {
            documents += read;
        }
        if (read != segment.rows()) {
            report(segment, "has " + read + " rows; the manifest says " + segment.rows());
            return false;
        }
        segmentsRead++;
        return true;
    }

    private long readEvents(Segment segment) {
        long next = segment.fromOffset();
        long read = 0;
        try (MessageReader messages = recording.messagesOf(segment)) {
            while (messages.hasNext()) {
                Message message = messages.next().message();
                if (message.offset() < next || message.offset() >= segment.nextOffset()) {
                    report(
                            segment,
                            "has offset " + message.offset() + " where " + next + " to " + (segment.nextOffset() - 1)
                                    + " are due");
                    return WRONG;
                }
                if (message.partition() != segment.partition() || message.incarnation() != segment.incarnation()) {
                    report(segment, "has a row of partition " + message.partition() + " at offset " + message.offset());
                    return WRONG;
                }
                next = message.offset() + 1;
                read++;
            }
        }
        return read;
    }

    /** No number of a change is left out, so a segment has as many rows as numbers. */
    private long readDocuments(Segment segment) {
        long next = segment.fromOffset();
        try (DocumentReader documents = recording.documentsOf(segment)) {
            while (documents.hasNext()) {
                RecordedDocument document = documents.next();
                if (document.changeNumber() != next || document.incarnation() != segment.incarnation()) {
                    report(
                            segment,
                            "has change " + document.changeNumber() + " of life " + document.incarnation()
                                    + " where change " + next + " of life " + segment.incarnation() + " is due");
                    return WRONG;
                }
                next++;
            }
        }
        if (next != segment.nextOffset()) {
            report(segment, "ends before change " + next + "; the manifest says before " + segment.nextOffset());
            return WRONG;
        }
        return next - segment.fromOffset();
    }

    private void reportOverlap(Segment segment) {
        String what = segment.isOf(Table.EVENTS) ? "offsets" : "changes";
        report(segment, "holds " + what + " that the segment before it holds too");
    }

    private void reportHole(Gap hole) {
        report(null, "no segment holds " + hole.what() + ", and no gap says why");
    }

    private void reportGap(Gap gap) {
        boolean isVague = gap.isOfDocuments() && gap.untilOffset() == null;
        reportKnown("gap: " + gap.what() + (isVague ? " may be" : " are") + " missing: " + gap.reason());
    }

    private void reportUnreadable(String table, String what) {
        long unreadable = recording.segments(table).stream()
                .mapToLong(Segment::unreadable)
                .sum();
        if (unreadable > 0) {
            reportKnown(unreadable + " " + what + " are unreadable; column unreadable_reason says why");
        }
    }

    /** What a recorder at work has in its folder beside the manifest's files is its own affair. */
    private void reportUnlisted() {
        if (recording.state() == Recording.State.RECORDING) {
            return;
        }
        Set<String> listed = new HashSet<>();
        recording.segments().forEach(segment -> listed.add(segment.file()));
        try {
            for (Path file : SegmentNames.list(recording.folder())) {
                String name = SegmentNames.nameInManifest(file);
                if (SegmentNames.isSealed(file) && !listed.contains(name)) {
                    problems.add(new Problem(name, "is not in the manifest; --repair takes it in or removes it"));
                }
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot list " + recording.folder() + ": " + e.getMessage(), e);
        }
    }

    private void reportKnown(String what) {
        problems.add(new Problem(null, what, true));
    }

    private void report(Segment segment, String what) {
        problems.add(new Problem(segment == null ? null : segment.file(), what));
    }
}
