package whisktape.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Gap;
import whisktape.Message;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.shapes.EventRows;

/**
 * A recording being written. Rows go to one open segment per partition, or of documents; sealing brings a segment and then the manifest to
 * the disk. Whatever is killed in between is either in a sealed segment, or not in the recording at all and read again.
 *
 * <p>Not for use by several threads. Every method throws {@link WhisktapeException} where the disk fails.
 */
public final class RecordingWriter implements AutoCloseable {
    /** Who has opened the recording before segments were merged reads the files that it knows. */
    private static final Duration READERS_GO_ON = Duration.ofMinutes(10);

    private final Share share;
    private final Path folder;
    private final RecordingLock lock;
    private final SealLimits limits;
    private final InstantSource clock;
    private final OpenSegments open;

    /** By partition, where reading goes on behind what is sealed. */
    private final Map<Integer, Long> nextOffsets = new HashMap<>();

    /** Of the segment of documents that is open, or will be with the next document; empty without a database. */
    private Optional<SegmentCounts> documentCounts;

    private final RecentIds recentEvents;
    private final RecentIds recentDocuments;

    private final ReplacedSegments replaced;

    private Manifest manifest;

    /** As it was on the disk before this writer began to change it; empty where there was none. */
    private Optional<Manifest> before = Optional.empty();

    private RecordingWriter(Share share, RecordingLock lock, Manifest manifest, SealLimits limits, InstantSource clock)
            throws IOException {
        this.share = share;
        this.folder = share.folder();
        this.recentEvents = RecentIds.ofEvents(folder, manifest.segments());
        this.recentDocuments = RecentIds.ofDocuments(folder, manifest.segments());
        this.lock = lock;
        this.manifest = manifest;
        this.limits = limits;
        this.clock = clock;
        this.open = new OpenSegments(limits.bufferedBytes());
        this.replaced = new ReplacedSegments(folder);
        manifest.position().ifPresent(position -> nextOffsets.putAll(position.nextOffsets()));
        this.documentCounts = manifest.databasePosition()
                .map(position ->
                        SegmentCounts.ofDocuments(position.incarnation(), manifest.nextChange(), position.since()));
    }

    /**
     * Begins a recording in a folder that is empty or not there yet.
     *
     * @throws WhisktapeException refused, where there is a recording, or something that is no folder
     */
    public static RecordingWriter create(
            Path folder, Map<String, String> labels, String note, SealLimits limits, InstantSource clock) {
        RecordingFolder.requireNoRecording(folder);
        return DiskWork.in(folder, () -> {
            Files.createDirectories(folder);
            Share share = Share.whole(folder);
            RecordingLock lock = RecordingLock.acquire(folder);
            try {
                RecordingFolder.requireNotShared(folder);
                return new RecordingWriter(share, lock, Manifest.begun(clock.instant(), labels, note), limits, clock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        });
    }

    /** Goes on with a recording: after its last sealed segment, whatever became of the recorder before. */
    public static RecordingWriter resume(
            Path folder, Map<String, String> labels, String note, SealLimits limits, InstantSource clock) {
        return DiskWork.in(folder, () -> {
            RecordingLock lock = RecordingLock.acquire(folder);
            try {
                RecordingFolder.requireNotShared(folder);
                Share share = Share.whole(folder);
                return resumed(share, lock, labels, note, limits, clock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        });
    }

    /**
     * Records some partitions into a recording that several recorders make, each of them its own: begins it, joins it, or goes on with
     * it.
     *
     * @param resume whether it may be there already what this recorder is to write
     * @throws WhisktapeException refused, where somebody else has one of these partitions, or the recording was made by one recorder
     */
    public static RecordingWriter join(
            Path folder,
            Partitions partitions,
            boolean resume,
            Map<String, String> labels,
            String note,
            SealLimits limits,
            InstantSource clock) {
        RecordingFolder.requireFolder(folder);
        return DiskWork.in(folder, () -> {
            Files.createDirectories(folder);
            Share share = new Share(folder, Optional.of(partitions));
            RecordingLock lock = joined(share, resume);
            try {
                if (share.hasBegun()) {
                    return resumed(share, lock, labels, note, limits, clock);
                }
                Manifest manifest =
                        Manifest.begun(clock.instant(), labels, note).withPartitions(partitions);
                return new RecordingWriter(share, lock, manifest, limits, clock);
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        });
    }

    private static RecordingLock joined(Share share, boolean resume) throws IOException {
        SharedRecording.requireNotWhole(share.folder());
        RecordingLock joining = RecordingLock.acquireToJoin(share.folder());
        try (joining) {
            SharedRecording.requireRoomFor(share, resume);
            return RecordingLock.acquire(share);
        }
    }

    private static RecordingWriter resumed(
            Share share,
            RecordingLock lock,
            Map<String, String> labels,
            String note,
            SealLimits limits,
            InstantSource clock)
            throws IOException {
        Manifest recovered = Recovery.toResume(share).manifest();
        RecordingFolder.requireNotRedacted(share.folder(), recovered);
        Manifest manifest = recovered.withState(Manifest.State.RECORDING).describedBy(labels, note);
        ManifestFile.write(share.folder(), manifest);
        RecordingWriter writer = new RecordingWriter(share, lock, manifest, limits, clock);
        writer.before = Optional.of(recovered);
        return writer;
    }

    /** Where the other recorders of this recording stand; empty if there are none. */
    public Optional<Position> positionOfOthers() {
        return DiskWork.in(
                folder,
                () -> SharedRecording.others(share).stream()
                        .map(Manifest::position)
                        .flatMap(Optional::stream)
                        .max(Comparator.comparingInt(Position::incarnation)));
    }

    public Manifest manifest() {
        return manifest;
    }

    /** Where reading the events goes on; empty if no topic was ever connected. */
    public Optional<Position> position() {
        return manifest.position();
    }

    /** Says where events come from. From here on the recording exists on the disk. */
    public void begin(String clusterId, String topic, Position start) {
        if (!SegmentNames.isTopic(topic)) {
            throw WhisktapeException.refused("cannot record topic " + topic + ": that is no name of a Kafka topic");
        }
        DiskWork.doIn(folder, () -> {
            Files.createDirectories(Table.EVENTS.folderIn(folder));
            nextOffsets.putAll(start.nextOffsets());
            beginManifest(manifest.withKafka(new Manifest.Kafka(clusterId, topic, List.of(life(start)))));
        });
    }

    /** Refuses a database that another recorder of the same recording has, before anything of this one is on the disk. */
    public void requireNoOtherDatabase() {
        DiskWork.doIn(folder, () -> SharedRecording.requireNoDatabase(share));
    }

    /** Refuses to go on with another cluster or topic than before: its offsets count something else. */
    public void requireSameOrigin(String clusterId, String topic) {
        SameOrigin.require(folder, manifest.kafka(), clusterId, topic);
    }

    /** Goes over to a topic that was created again: its offsets begin anew. */
    public void beginLife(Position start) {
        open.events().forEach(this::seal);
        Manifest.Kafka kafka = manifest.kafka();
        nextOffsets.clear();
        nextOffsets.putAll(start.nextOffsets());
        replaceManifest(manifest.withKafka(
                new Manifest.Kafka(kafka.clusterId(), kafka.topic(), Manifest.append(kafka.lives(), life(start)))));
    }

    /** Notes that events are missing; the partition goes on behind them. */
    public void gap(Gap gap) {
        open.events(gap.partition()).ifPresent(this::seal);
        if (gap.untilOffset() != null) {
            nextOffsets.put(gap.partition(), gap.untilOffset());
        }
        replaceManifest(manifest.withGap(gap));
    }

    /** Adds one event to the open segment of its partition. Offsets of a partition ascend. */
    public void write(Event event) {
        Message message = event.message();
        try {
            EventSegmentWriter segment = segment(message.incarnation(), message.partition(), message.offset());
            requireNext(segment, message.partition(), message.offset());
            open.buffered(segment.write(event, isDuplicate(event)));
            bound(segment);
        } catch (IOException e) {
            throw DiskWork.failure(folder, e);
        }
    }

    /** Adds events to the open segment of their partition, all of them to the same one. Their offsets ascend too. */
    public void write(EventRows rows) {
        EventRows.Origin origin = rows.origin();
        try {
            EventSegmentWriter segment = segment(origin.incarnation(), origin.partition(), rows.offsets()[0]);
            if (segment.hasShapes()) {
                requireNext(segment, origin.partition(), rows.offsets()[0]);
                open.buffered(segment.write(rows, recentEvents.addAndCount(rows)));
                bound(segment);
                return;
            }
        } catch (IOException e) {
            throw DiskWork.failure(folder, e);
        }
        // In the oldest format each value is kept.
        for (int row = 0; row < rows.count(); row++) {
            write(rows.event(row));
        }
    }

    private EventSegmentWriter segment(int incarnation, int partition, long offset) throws IOException {
        Optional<EventSegmentWriter> segment = open.events(partition);
        // A partition that was not there at the start begins with the first that is read of it.
        return segment.isPresent()
                ? segment.get()
                : open(incarnation, partition, nextOffsets.getOrDefault(partition, offset));
    }

    private static void requireNext(EventSegmentWriter segment, int partition, long offset) {
        if (offset < segment.counts().nextOffset()) {
            throw new IllegalArgumentException("offset " + offset + " of partition " + partition
                    + " comes again; the next one is " + segment.counts().nextOffset());
        }
    }

    private void bound(EventSegmentWriter segment) throws IOException {
        if (segment.writtenBytes() >= limits.sizeBytes()) {
            seal(segment);
        } else {
            open.bound();
        }
    }

    /** Where reading the activations database goes on; empty if none was ever connected. */
    public Optional<DatabasePosition> databasePosition() {
        return manifest.databasePosition();
    }

    /** Says where documents come from. From here on the recording exists on the disk. */
    public void begin(Optional<String> serverId, String database, DatabasePosition start) {
        DiskWork.doIn(folder, () -> {
            Files.createDirectories(Table.ACTIVATIONS.folderIn(folder));
            documentCounts = Optional.of(firstOf(start));
            beginManifest(
                    manifest.withCouchdb(new Manifest.Couchdb(serverId.orElse(null), database, List.of(life(start)))));
        });
    }

    /**
     * Refuses to go on with another database than before: its changes have nothing to do with those recorded.
     *
     * @param start where its source stands, in the newest life that the recording knows
     */
    public void requireSameDatabase(Optional<String> serverId, String database, DatabasePosition start) {
        SameOrigin.require(folder, manifest.couchdb(), serverId, database);
        if (start.incarnation() != manifest.newestLife(Table.ACTIVATIONS)) {
            throw new IllegalArgumentException("the source stands in life " + start.incarnation()
                    + " of the database, the recording in " + manifest.newestLife(Table.ACTIVATIONS));
        }
    }

    /** Goes over to a database that was created again: its changes are numbered anew. */
    public void beginLife(DatabasePosition start) {
        open.documents().ifPresent(this::seal);
        Manifest.Couchdb couchdb = manifest.couchdb();
        documentCounts = Optional.of(firstOf(start));
        replaceManifest(manifest.withCouchdb(new Manifest.Couchdb(
                couchdb.serverId(), couchdb.database(), Manifest.append(couchdb.lives(), life(start)))));
    }

    /** Notes that documents are missing at this place, for a reason of a few words. */
    public void gap(String reason) {
        open.documents().ifPresent(this::seal);
        SegmentCounts counts = documentCounts.orElseThrow();
        replaceManifest(manifest.withGap(Gap.ofDocuments(counts.incarnation(), counts.nextOffset(), reason)));
    }

    /**
     * Adds a page of documents. Segments end only between pages.
     *
     * @param next the update sequence behind the page; empty if it has not moved
     * @return how many were written: what the server delivers again, the same revision, is left out
     */
    public int write(List<Document> documents, Optional<String> next) {
        SegmentCounts counts = documentCounts.orElseThrow();
        int written = 0;
        try {
            for (Document document : documents) {
                requireLife(document, counts);
                if (isDeliveredAgain(document)) {
                    counts.countAgain();
                } else {
                    write(document, counts);
                    written++;
                }
            }
        } catch (IOException e) {
            throw DiskWork.failure(folder, e);
        }
        next.ifPresent(counts::moveTo);
        open.documents()
                .filter(segment -> segment.writtenBytes() >= limits.sizeBytes())
                .ifPresent(this::seal);
        return written;
    }

    /** Seals what has been open for long enough. */
    public void sealDue() {
        Instant oldest = clock.instant().minus(limits.age());
        open.all().stream()
                .filter(segment -> !segment.openedAt().isAfter(oldest))
                .forEach(this::seal);
        replaced.remove(clock.instant().minus(READERS_GO_ON));
    }

    public void sealAll() {
        open.all().forEach(this::seal);
    }

    /** Seals everything, merges small segments, and declares the recording complete. */
    public void finish() {
        sealAll();
        replaced.remove(Instant.MAX);
        DiskWork.doIn(folder, () -> {
            lock.requireHeld();
            manifest = SegmentMerger.merge(folder, manifest.withState(Manifest.State.COMPLETE));
        });
    }

    /** Takes back a beginning after which nothing could be recorded: what is on the disk is again as it was before this writer. */
    public void takeBack() {
        DiskWork.doIn(folder, () -> {
            if (before.isPresent()) {
                manifest = before.get();
                writeManifest();
            } else {
                Files.deleteIfExists(folder.resolve(share.manifestName()));
                manifest = manifest.withKafka(null).withCouchdb(null);
            }
        });
    }

    private boolean hasBegun() {
        return manifest.hasOrigin(Table.EVENTS) || manifest.hasOrigin(Table.ACTIVATIONS);
    }

    /** Gives up what is not sealed and leaves the recording to the next one. */
    @Override
    public void close() {
        DiskWork.doIn(folder, () -> {
            boolean hasBegun = hasBegun();
            if (hasBegun || share.isWhole()) {
                release();
            }
            if (!hasBegun && share.isWhole()) {
                RecordingLock.removeWithEmptyFolder(folder);
            } else if (!hasBegun) {
                // Nobody joins meanwhile, so that the lock's file can go.
                RecordingLock joining = RecordingLock.acquireToJoin(folder);
                try (joining) {
                    release();
                    RecordingLock.removeUnused(share);
                }
            }
        });
    }

    private void release() throws IOException {
        try (lock) {
            for (SegmentWriter segment : open.all()) {
                segment.close();
            }
            replaced.remove(Instant.MAX);
        }
    }

    private EventSegmentWriter open(int incarnation, int partition, long fromOffset) throws IOException {
        EventSegmentWriter segment = new EventSegmentWriter(
                folder, manifest, SegmentCounts.ofEvents(incarnation, partition, fromOffset), clock.instant());
        open.add(partition, segment);
        return segment;
    }

    private void write(Document document, SegmentCounts counts) throws IOException {
        if (open.documents().isEmpty()) {
            open.add(new ActivationSegmentWriter(folder, manifest, counts, clock.instant()));
        }
        open.buffered(open.documents().orElseThrow().write(document));
        open.bound();
    }

    private static void requireLife(Document document, SegmentCounts counts) {
        if (document.incarnation() != counts.incarnation()) {
            throw new IllegalArgumentException("a document of life " + document.incarnation() + " comes in life "
                    + counts.incarnation() + " of the database");
        }
    }

    private void seal(SegmentWriter segment) {
        DiskWork.doIn(folder, () -> {
            open.ends(segment);
            lock.requireHeld();
            Segment sealed = segment.seal(manifest);
            if (segment instanceof EventSegmentWriter) {
                nextOffsets.put(sealed.partition(), sealed.nextOffset());
            } else {
                documentCounts = Optional.of(segment.counts().next());
            }
            open.remove(segment);
            segment.close();
            manifest = manifest.withSegment(sealed);
            writeManifest();
            SegmentMerger.Merged merged = SegmentMerger.mergeTiers(folder, manifest, sealed);
            manifest = merged.manifest();
            replaced.add(merged.replaced(), clock.instant());
        });
    }

    private void replaceManifest(Manifest next) {
        manifest = next;
        DiskWork.doIn(folder, this::writeManifest);
    }

    /** With another origin than before, which has to go with those of other recorders. */
    private void beginManifest(Manifest next) throws IOException {
        if (share.isWhole()) {
            manifest = next;
            writeManifest();
            return;
        }
        RecordingLock joining = RecordingLock.acquireToJoin(folder);
        try (joining) {
            SharedRecording.requireFits(share, next);
            manifest = next;
            writeManifest();
        }
    }

    private void writeManifest() throws IOException {
        lock.requireHeld();
        ManifestFile.write(folder, manifest);
    }

    private boolean isDuplicate(Event event) {
        return event.body() instanceof EventBody.Activation activation
                && activation.activationId() != null
                && recentEvents.addAndTest(activation.activationId());
    }

    /** What nobody can tell apart is written as often as it comes. */
    private boolean isDeliveredAgain(Document document) {
        String revision = RecentIds.revision(document.incarnation(), document.id(), document.rev());
        return revision != null && recentDocuments.addAndTest(revision);
    }

    /** What all open segments hold in memory, roughly. */
    long bufferedBytes() {
        return open.bufferedBytes();
    }

    private static Manifest.Life life(Position start) {
        return new Manifest.Life(start.incarnation(), start.topicId().orElse(null), start.nextOffsets());
    }

    private static Manifest.DatabaseLife life(DatabasePosition start) {
        return new Manifest.DatabaseLife(
                start.incarnation(), start.instanceStartTime().orElse(null), start.since());
    }

    private static SegmentCounts firstOf(DatabasePosition start) {
        return SegmentCounts.ofDocuments(start.incarnation(), Manifest.FIRST_CHANGE, start.since());
    }
}
