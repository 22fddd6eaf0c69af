package whisktape.recording;

import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import whisktape.Document;
import whisktape.Gap;
import whisktape.WhisktapeException;

/**
 * The documents of several recordings, each revision once, numbered anew. Since changes have no order, those of one recording
 * come behind those of the one that began before it.
 */
final class DocumentMerge {
    private static final String BEGINNING = "0";
    private static final long SEGMENT_BYTES = SealLimits.DEFAULT.sizeBytes();

    private final List<Recording> recordings;
    private final MergedOrigin origin;
    private final RecordingCopy copy;
    private long repeated;

    /** The number of the next change in the life being written. */
    private long next;

    /** Behind which update sequence reading would go on after all that was written of this life. */
    private String position;

    private SegmentCounts open;

    DocumentMerge(List<Recording> recordings, MergedOrigin origin, RecordingCopy copy) {
        this.recordings = recordings.stream()
                .filter(recording -> recording.manifest().couchdb() != null)
                .toList();
        this.origin = origin;
        this.copy = copy;
    }

    /** Documents that several recordings have. */
    long repeated() {
        return repeated;
    }

    void write() {
        if (origin.couchdb() == null) {
            return;
        }
        try {
            for (Manifest.DatabaseLife life : origin.couchdb().lives()) {
                write(life);
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot read the documents to be merged: " + e.getMessage(), e);
        }
    }

    private void write(Manifest.DatabaseLife life) throws IOException {
        next = Manifest.FIRST_CHANGE;
        position = life.since();
        List<KnownRevisions.Rows> before = new ArrayList<>();
        Set<String> positions = new HashSet<>();
        for (Recording recording : recordings) {
            for (Manifest.DatabaseLife own : recording.manifest().couchdb().lives()) {
                if (Objects.equals(numbers(recording).get(own.incarnation()), life.incarnation())) {
                    KnownRevisions.Rows rows = rows(recording, own);
                    BitSet known = KnownRevisions.of(rows, before);
                    boolean isFirst = before.isEmpty();
                    // An update sequence means the same place to a server that gave it twice; others cannot be
                    // compared.
                    boolean continues = own.since().equals(BEGINNING) || positions.contains(own.since());
                    if (!isFirst && !continues && known.isEmpty()) {
                        gap(life.incarnation(), null, Gap.UNRECORDED);
                    } else if (isFirst && life.incarnation() > 1 && own.incarnation() == 1 && !continues) {
                        gap(life.incarnation(), null, Gap.UNRECORDED);
                    }
                    write(life.incarnation(), rows, own, known);
                    before.add(rows);
                    positions.add(own.since());
                    rows.segments().forEach(segment -> positions.add(segment.nextUpdateSeq()));
                }
            }
        }
        seal();
    }

    private Map<Integer, Integer> numbers(Recording recording) {
        return origin.documentLives().get(recording);
    }

    private static KnownRevisions.Rows rows(Recording recording, Manifest.DatabaseLife life) {
        return new KnownRevisions.Rows(
                recording,
                recording.segments(Segment.ACTIVATIONS).stream()
                        .filter(segment -> segment.incarnation() == life.incarnation())
                        .toList());
    }

    private void write(int incarnation, KnownRevisions.Rows rows, Manifest.DatabaseLife own, BitSet known) {
        List<Gap> gaps = new ArrayList<>(rows.recording().manifest().gaps().stream()
                .filter(gap -> gap.isOfDocuments() && gap.incarnation() == own.incarnation())
                .toList());
        int row = 0;
        for (Segment segment : rows.segments()) {
            long change = segment.fromOffset();
            boolean isWritten = false;
            try (ActivationReader documents = rows.recording().activationsOf(segment)) {
                for (; documents.hasNext(); change++, row++) {
                    passGaps(incarnation, gaps, change);
                    Document document = documents.next();
                    if (known.get(row)) {
                        repeated++;
                    } else {
                        write(incarnation, document);
                        isWritten = true;
                    }
                }
            }
            if (open != null) {
                open.countAgain(segment.duplicates());
            }
            if (isWritten) {
                position = segment.nextUpdateSeq();
                sealIfLarge();
            }
        }
        passGaps(incarnation, gaps, Long.MAX_VALUE);
    }

    private void write(int incarnation, Document document) {
        if (open == null) {
            open = SegmentCounts.ofDocuments(incarnation, next, position);
            copy.begin(open);
        }
        copy.write(ofLife(incarnation, document));
        next++;
    }

    /** Notes the gaps that lie before a change of a recording, at the place where that change comes to lie. */
    private void passGaps(int incarnation, List<Gap> gaps, long change) {
        while (!gaps.isEmpty() && gaps.get(0).fromOffset() <= change) {
            Gap gap = gaps.remove(0);
            Long lost = gap.untilOffset() == null ? null : (Long) (gap.untilOffset() - gap.fromOffset());
            gap(incarnation, lost, gap.reason());
        }
    }

    private void gap(int incarnation, Long lost, String reason) {
        seal();
        Long until = lost == null ? null : (Long) (next + lost);
        copy.gap(new Gap(Segment.ACTIVATIONS, incarnation, 0, next, until, reason));
        next = until == null ? next : until;
    }

    /** Between two recordings' segments, which end between pages. */
    private void sealIfLarge() {
        if (copy.writtenBytes() >= SEGMENT_BYTES) {
            seal();
        }
    }

    private void seal() {
        if (open != null) {
            open.moveTo(position);
            copy.end();
            open = null;
        }
    }

    private static Document ofLife(int incarnation, Document document) {
        return new Document(
                incarnation,
                document.updateSeq(),
                document.recordedAtMs(),
                document.id(),
                document.rev(),
                document.deleted(),
                document.text(),
                document.body(),
                document.oddFields());
    }
}
