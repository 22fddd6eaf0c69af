package whisktape.sharing;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import whisktape.Gap;
import whisktape.Version;
import whisktape.recording.Manifest;
import whisktape.recording.Segment;

/**
 * Redacts a manifest, field by field. Ids of clusters, servers and topics go, so that a shared recording looks like an imported
 * one: nothing can be resumed into it.
 */
final class ManifestRedactor {

    /** The label that says what was cut out. */
    private static final String CUT = "cut";

    private final Redaction redaction;
    private final Cut cut;

    ManifestRedactor(Redaction redaction, Cut cut) {
        this.redaction = redaction;
        this.cut = cut;
    }

    /** The manifest of the shared recording, as yet without segments. */
    Manifest redact(Manifest manifest) {
        return new Manifest(
                Manifest.FORMAT,
                Vocabulary.isTool(manifest.tool()) ? manifest.tool() : Version.TOOL,
                manifest.state(),
                manifest.created(),
                labels(manifest),
                note(manifest.note()),
                true,
                manifest.kafka() == null ? null : kafka(manifest.kafka()),
                manifest.couchdb() == null ? null : couchdb(manifest.couchdb()),
                manifest.gaps().stream()
                        .map(this::gap)
                        .map(cut::place)
                        .distinct()
                        .toList(),
                List.of());
    }

    /** What is known of a segment before it is a file. */
    Segment redact(Segment segment) {
        return new Segment(
                null,
                segment.table(),
                segment.incarnation(),
                segment.partition(),
                segment.fromOffset(),
                segment.nextOffset(),
                redaction.updateSeq(segment.nextUpdateSeq()),
                segment.counts(),
                null,
                null);
    }

    private Map<String, String> labels(Manifest manifest) {
        Map<String, String> kept = new TreeMap<>();
        manifest.labels().forEach((name, value) -> {
            if (isEarlierCut(manifest, name, value)) {
                kept.put(name, value);
            } else if (redaction.keeps(Keep.LABELS)) {
                redaction.originals().keep(name);
                redaction.originals().keep(value);
                kept.put(name, value);
            } else {
                redaction.originals().add(name, Keep.LABELS);
                redaction.originals().add(value, Keep.LABELS);
            }
        });
        if (!cut.isWhole()) {
            String all = kept.merge(CUT, cut.description(), (before, now) -> before + "; " + now);
            if (redaction.keeps(Keep.LABELS)) {
                redaction.originals().keep(all);
            }
        }
        return kept;
    }

    /** What is a part stays one when it is handed on; of what nobody has redacted the label is a user's own. */
    private static boolean isEarlierCut(Manifest manifest, String name, String value) {
        return manifest.redacted() && name.equals(CUT) && Vocabulary.isCut(value);
    }

    private String note(String note) {
        if (note == null) {
            return null;
        }
        if (redaction.keeps(Keep.NOTE)) {
            redaction.originals().keep(note);
            return note;
        }
        redaction.originals().add(note, Keep.NOTE);
        return null;
    }

    private Manifest.Kafka kafka(Manifest.Kafka kafka) {
        return new Manifest.Kafka(
                null,
                redaction.topic(kafka.topic()),
                kafka.lives().stream()
                        .map(life -> new Manifest.Life(life.incarnation(), null, life.startOffsets()))
                        .toList());
    }

    private Manifest.Couchdb couchdb(Manifest.Couchdb couchdb) {
        return new Manifest.Couchdb(
                null,
                redaction.database(couchdb.database()),
                couchdb.lives().stream()
                        .map(life ->
                                new Manifest.DatabaseLife(life.incarnation(), null, redaction.updateSeq(life.since())))
                        .toList());
    }

    private Gap gap(Gap gap) {
        return new Gap(
                gap.table(),
                gap.incarnation(),
                gap.partition(),
                gap.fromOffset(),
                gap.untilOffset(),
                Vocabulary.isGap(gap.reason()) ? gap.reason() : Vocabulary.REDACTED);
    }
}
