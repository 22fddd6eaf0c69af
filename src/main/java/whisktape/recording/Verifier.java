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
 * that ascend and leave out nothing but gaps that are known. Changes nothing.
 */
public final class Verifier {
    private final Recording recording;
    private final List<Problem> problems = new ArrayList<>();
    private long rows;

    private Verifier(Recording recording) {
        this.recording = recording;
    }

    public static Verification verify(Recording recording) {
        return new Verifier(recording).run();
    }

    /**
     * Makes a recording consistent again from its sealed segments.
     *
     * @return what was changed, a sentence each
     * @throws WhisktapeException where another process writes to it, or nothing is left
     */
    public static List<String> repair(Path folder) {
        try {
            RecordingLock lock = RecordingLock.acquire(folder);
            try (lock) {
                Recovery recovery = Recovery.toRepair(folder);
                SegmentMerger.merge(folder, recovery.manifest());
                return recovery.done();
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot repair " + folder + ": " + e.getMessage(), e);
        }
    }

    private Verification run() {
        List<Segment> segments = recording.segments();
        segments.forEach(this::verify);
        Continuity.overlaps(recording.manifest())
                .forEach(segment -> report(segment, "holds offsets that the segment before it holds too"));
        Continuity.holes(recording.manifest()).forEach(this::reportHole);
        recording.manifest().gaps().forEach(this::reportGap);
        reportUnlisted();
        long unreadable = segments.stream().mapToLong(Segment::unreadable).sum();
        if (unreadable > 0) {
            report(null, unreadable + " events are unreadable; column unreadable_reason says why");
        }
        if (rows == 0) {
            report(null, "there is no event in it: nothing was verified");
        }
        return new Verification(segments.size(), rows, List.copyOf(problems));
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
            } else {
                readBack(segment);
            }
        } catch (IOException | WhisktapeException e) {
            report(segment, "cannot be read: " + e.getMessage());
        }
    }

    private void readBack(Segment segment) {
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
                    return;
                }
                if (message.partition() != segment.partition() || message.incarnation() != segment.incarnation()) {
                    report(segment, "has a row of partition " + message.partition() + " at offset " + message.offset());
                    return;
                }
                next = message.offset() + 1;
                read++;
            }
        }
        if (read != segment.rows()) {
            report(segment, "has " + read + " rows; the manifest says " + segment.rows());
        }
        rows += read;
    }

    private void reportHole(Gap hole) {
        report(
                null,
                "no segment holds offsets " + hole.fromOffset() + " to " + (hole.untilOffset() - 1) + " of partition "
                        + hole.partition() + ", and no gap says why");
    }

    private void reportGap(Gap gap) {
        String until = gap.untilOffset() == null ? "on" : "to " + (gap.untilOffset() - 1);
        report(
                null,
                "gap: offsets " + gap.fromOffset() + " " + until + " of partition " + gap.partition() + " are missing: "
                        + gap.reason());
    }

    private void reportUnlisted() {
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

    private void report(Segment segment, String what) {
        problems.add(new Problem(segment == null ? null : segment.file(), what));
    }
}
