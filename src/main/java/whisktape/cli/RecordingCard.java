package whisktape.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import whisktape.Gap;
import whisktape.Times;
import whisktape.recording.Manifest;
import whisktape.recording.Segment;

/** A recording's summary for the eye: a name and a value a line, within 100 columns. */
final class RecordingCard {
    private static final int NAME_WIDTH = 12;
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private final RecordingSummary summary;
    private final Manifest manifest;

    RecordingCard(RecordingSummary summary) {
        this.summary = summary;
        this.manifest = summary.manifest();
    }

    void print(PrintWriter out) {
        line(out, "recording", summary.name() + ", " + summary.state());
        summary.recorders().forEach((share, state) -> line(out, "recorder", "partitions " + share + ", " + state));
        line(
                out,
                "created",
                Times.format(manifest.created()) + " by whisktape " + manifest.tool() + ", format " + manifest.format()
                        + (manifest.redacted() ? ", redacted" : ""));
        line(out, "span", span());
        if (manifest.kafka() == null && manifest.couchdb() == null) {
            line(out, "source", "none yet");
        }
        if (manifest.kafka() != null) {
            printEvents(out, manifest.kafka());
        }
        if (manifest.couchdb() != null) {
            line(out, "source", source(manifest.couchdb()));
            line(out, "activations", activations());
        }
        if (manifest.gaps().isEmpty()) {
            line(out, "gaps", "none");
        }
        manifest.gaps().forEach(gap -> line(out, "gap", gap(gap)));
        line(out, "size", size());
        for (Map.Entry<String, String> label : manifest.labels().entrySet()) {
            line(out, "label", label.getKey() + "=" + label.getValue());
        }
        if (manifest.note() != null) {
            line(out, "note", manifest.note());
        }
    }

    private String span() {
        if (summary.from().isEmpty() || summary.until().isEmpty()) {
            return manifest.couchdb() == null ? "no event has a time" : "nothing in it has a time";
        }
        Duration length = Duration.between(summary.from().get(), summary.until().get());
        return Times.format(summary.from().get()) + " until "
                + Times.format(summary.until().get()) + " (" + Lengths.text(length) + ")";
    }

    private void printEvents(PrintWriter out, Manifest.Kafka kafka) {
        line(out, "source", source(kafka));
        line(out, "events", events());
        summary.partitions()
                .forEach((partition, offsets) -> line(
                        out,
                        "partition " + partition,
                        "offsets %,d until %,d".formatted(offsets.from(), offsets.next())));
    }

    private static String source(Manifest.Kafka kafka) {
        return "topic " + kafka.topic()
                + (kafka.clusterId() == null ? ", imported" : " of Kafka cluster " + kafka.clusterId())
                + createdAgain(kafka.lives().size() - 1);
    }

    private static String source(Manifest.Couchdb couchdb) {
        return "database " + couchdb.database()
                + (couchdb.serverId() == null ? "" : " of CouchDB server " + couchdb.serverId())
                + createdAgain(couchdb.lives().size() - 1);
    }

    private static String createdAgain(int times) {
        return times == 0 ? "" : ", which was deleted and created again " + times + " times";
    }

    private String events() {
        return "%,d: %,d activation, %,d metric, %,d unreadable; %,d of them duplicates"
                .formatted(
                        summary.sum(Segment.EVENTS, Segment::rows),
                        summary.sum(Segment.EVENTS, Segment::activations),
                        summary.sum(Segment.EVENTS, Segment::metrics),
                        summary.sum(Segment.EVENTS, Segment::unreadable),
                        summary.sum(Segment.EVENTS, Segment::duplicates));
    }

    private String activations() {
        return "%,d: %,d records, %,d deleted, %,d design documents, %,d unreadable"
                .formatted(
                        summary.sum(Segment.ACTIVATIONS, Segment::rows),
                        summary.sum(Segment.ACTIVATIONS, Segment::activations),
                        summary.sum(Segment.ACTIVATIONS, Segment::deleted),
                        summary.sum(Segment.ACTIVATIONS, Segment::designs),
                        summary.sum(Segment.ACTIVATIONS, Segment::unreadable));
    }

    private static String gap(Gap gap) {
        if (gap.isOfDocuments()) {
            return "database: " + gap.what() + ": " + gap.reason();
        }
        String life = gap.incarnation() == 1 ? "" : " of life " + gap.incarnation();
        String until = gap.untilOffset() == null
                ? "from offset %,d, nobody knows how many".formatted(gap.fromOffset())
                : "offsets %,d until %,d, %,d events"
                        .formatted(gap.fromOffset(), gap.untilOffset(), gap.untilOffset() - gap.fromOffset());
        return "partition " + gap.partition() + life + ": " + until + ": " + gap.reason();
    }

    private String size() {
        return bytes(summary.sum(Segment::sizeBytes))
                + " in %,d segments".formatted(manifest.segments().size())
                + bytesEach(Segment.EVENTS, "an event")
                + bytesEach(Segment.ACTIVATIONS, "an activation");
    }

    private String bytesEach(String table, String each) {
        long rows = summary.sum(table, Segment::rows);
        return rows == 0 ? "" : ", %,d bytes %s".formatted(summary.sum(table, Segment::sizeBytes) / rows, each);
    }

    private static void line(PrintWriter out, String name, String value) {
        Wrapped.print(out, name + " ".repeat(Math.max(1, NAME_WIDTH - name.length())), value);
    }

    private static String bytes(long bytes) {
        double amount = bytes;
        int unit = 0;
        while (amount >= 1024 && unit < UNITS.length - 1) {
            amount /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, unit == 0 ? "%,.0f %s" : "%,.1f %s", amount, UNITS[unit]);
    }
}
