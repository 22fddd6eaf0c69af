package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import whisktape.Gap;
import whisktape.WhisktapeException;

/**
 * Brings manifest and files of a recording together again after whatever stopped its recorder: sealed segments that the
 * manifest does not know yet are taken in, files that others replace and files never sealed are removed, and offsets that
 * no file holds become gaps. Doing it twice changes nothing more.
 *
 * @param manifest as it is on the disk now
 * @param done what was changed, a sentence each
 */
record Recovery(Manifest manifest, List<String> done) {
    private static final String DAMAGED_ENDING = ".damaged";

    /** Recovers a recording to go on with; what is lost at its end will be read again. The caller holds the lock. */
    static Recovery toResume(Share share) throws IOException {
        return new Work(share, false).run();
    }

    /** Recovers a recording to be read: whatever a listed segment held and no file holds any more becomes a gap. */
    static Recovery toRepair(Share share) throws IOException {
        return new Work(share, true).run();
    }

    private static final class Work {
        private final Share share;
        private final Path folder;
        private final List<String> done = new ArrayList<>();
        private final List<Segment> unknown = new ArrayList<>();
        private final List<Segment> lost = new ArrayList<>();
        private final boolean lostIsGap;
        private boolean hasDocuments;

        /** Of all segments, the one that knows most lives, of topic and database, and most gaps; null before the first. */
        private Manifest newestHead;

        Work(Share share, boolean lostIsGap) {
            this.share = share;
            this.folder = share.folder();
            this.lostIsGap = lostIsGap;
        }

        Recovery run() throws IOException {
            Map<String, Segment> listed = new HashMap<>();
            Manifest manifest = readIfThere();
            hasDocuments =
                    share.isWhole() || (manifest == null ? share.mayHaveDocuments() : manifest.couchdb() != null);
            removeOpenFiles();
            if (manifest != null) {
                manifest.segments().forEach(segment -> listed.put(segment.file(), segment));
            }
            List<Segment> sound = soundSegments(listed);
            if (manifest == null) {
                manifest = share.isWhole() ? headOfNewest().asWhole() : headOfNewest();
            }
            List<Segment> kept = withoutCovered(sound);
            unknown.stream()
                    .filter(kept::contains)
                    .forEach(segment -> done.add("took in " + segment.file() + ", which the manifest did not know"));
            Manifest recovered = withGapsBetween(withGapsForLost(manifest.withSegments(kept)));
            ManifestFile.write(folder, recovered);
            removeReplaced(sound, kept);
            return new Recovery(recovered, List.copyOf(done));
        }

        private void removeOpenFiles() throws IOException {
            for (Path file : share.files(hasDocuments)) {
                if (SegmentNames.isOpen(file)) {
                    Files.delete(file);
                    done.add("removed " + file.getFileName() + ", which was never sealed");
                }
            }
        }

        private Manifest readIfThere() {
            String name = share.manifestName();
            if (!Files.exists(folder.resolve(name))) {
                done.add("made " + name + " anew from the segments: there was none");
                return null;
            }
            try {
                Manifest manifest = share.readManifest();
                ManifestFile.problemOfChecksum(folder, name).ifPresent(this::takeChanged);
                return manifest;
            } catch (WhisktapeException e) {
                if (e.kind() != WhisktapeException.Kind.DAMAGED) {
                    throw e;
                }
                done.add("made " + name + " anew from the segments: it could not be read");
                return null;
            }
        }

        /** What somebody has edited is his to judge; a recorder that went on from a number changed by chance would lose events. */
        private void takeChanged(String problem) {
            if (!lostIsGap) {
                throw WhisktapeException.refused("cannot go on with the recording " + folder + ": " + problem);
            }
            done.add("took " + share.manifestName() + " as it is, though it is not what was written: look it over");
        }

        private List<Segment> soundSegments(Map<String, Segment> listed) throws IOException {
            List<Segment> sound = new ArrayList<>();
            for (Path file : share.files(hasDocuments)) {
                if (!SegmentNames.isSealed(file)) {
                    continue;
                }
                Segment known = listed.remove(SegmentNames.nameInManifest(file));
                try {
                    Footer footer = Footer.read(file);
                    Segment found = footer.asSealed(file);
                    if (known != null && !known.sha256().equals(found.sha256())) {
                        throw new IOException("its checksum is not the one in the manifest");
                    }
                    if (known == null) {
                        unknown.add(found);
                    }
                    newestHead = newer(newestHead, footer.head());
                    sound.add(found.equals(known) ? known : found);
                } catch (IOException e) {
                    setAside(file, e);
                    if (known != null) {
                        lost.add(known);
                    }
                }
            }
            listed.keySet().forEach(missing -> done.add("dropped " + missing + ", which is not there"));
            lost.addAll(listed.values());
            return sound;
        }

        private void setAside(Path file, IOException why) throws IOException {
            Path aside = file.resolveSibling(file.getFileName() + DAMAGED_ENDING);
            Durable.moveAside(file, aside);
            done.add("set " + file.getFileName() + " aside as " + aside.getFileName() + ": " + why.getMessage());
        }

        private Manifest headOfNewest() {
            if (newestHead == null) {
                throw WhisktapeException.damaged(
                        "cannot rebuild " + folder.resolve(share.manifestName()) + ": there is no sealed segment",
                        null);
            }
            return newestHead;
        }

        private static Manifest newer(Manifest one, Manifest other) {
            Comparator<Manifest> byKnowledge = Comparator.comparingInt(Work::lives)
                    .thenComparingInt(head -> head.gaps().size());
            return one == null || byKnowledge.compare(one, other) < 0 ? other : one;
        }

        private static int lives(Manifest head) {
            return (head.kafka() == null ? 0 : head.kafka().lives().size())
                    + (head.couchdb() == null ? 0 : head.couchdb().lives().size());
        }

        /** A merged segment stands before those it was made from, because it begins where they begin and ends later. */
        private List<Segment> withoutCovered(List<Segment> segments) {
            List<Segment> kept = new ArrayList<>();
            for (Segment segment :
                    segments.stream().sorted(SegmentOrder.BY_POSITION).toList()) {
                Segment last = kept.isEmpty() ? null : kept.get(kept.size() - 1);
                if (last == null || !last.covers(segment)) {
                    kept.add(segment);
                }
            }
            return kept;
        }

        private Manifest withGapsForLost(Manifest manifest) {
            List<Gap> gaps = new ArrayList<>(manifest.gaps());
            for (Segment segment : lost) {
                if (isGap(manifest, segment)) {
                    Gap gap = Continuity.missing(segment, segment.fromOffset(), segment.nextOffset());
                    gaps.add(gap);
                    done.add("noted a gap: " + gap.what() + " are lost");
                }
            }
            return manifest.withGaps(gaps);
        }

        /** Only what is lost at the end of the newest life can be read again. */
        private boolean isGap(Manifest manifest, Segment segment) {
            boolean inNewestLife = segment.incarnation() == manifest.newestLife(Table.of(segment.table()));
            return (lostIsGap || !inNewestLife) && manifest.segments().stream().noneMatch(kept -> kept.covers(segment));
        }

        private Manifest withGapsBetween(Manifest manifest) {
            List<Gap> gaps = new ArrayList<>(manifest.gaps());
            for (Gap hole : Continuity.holes(manifest)) {
                gaps.add(hole);
                done.add("noted a gap: " + hole.what() + " are in no segment");
            }
            return manifest.withGaps(gaps);
        }

        private void removeReplaced(List<Segment> all, List<Segment> kept) throws IOException {
            for (Segment segment : all) {
                if (!kept.contains(segment)) {
                    Files.delete(folder.resolve(segment.file()));
                    done.add("removed " + segment.file() + ", whose rows are in a merged segment");
                }
            }
        }
    }
}
