package whisktape.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import whisktape.Gap;
import whisktape.Times;
import whisktape.recording.Manifest;

/** A recording's summary for the eye: a name and a value a line, within 100 columns. */
final class RecordingCard {
    private static final int NAME_WIDTH = 12;
    private static final String NO_DATE = "a time that no calendar has";
    private static final String[] UNITS = {"bytes", "KiB", "MiB", "GiB", "TiB"};

    private final RecordingSummary summary;
    private final Manifest manifest;

    RecordingCard(RecordingSummary summary) {
        this.summary = summary;
        this.manifest = summary.manifest();
    }

    void print(PrintWriter out) {
        line(out, "recording", summary.name() + ", " + summary.state());
        for (Map.Entry<String, String> recorder : summary.recorders().entrySet()) {
            line(out, "recorder", "partitions " + recorder.getKey() + ", " + recorder.getValue());
        }
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
        for (Gap gap : manifest.gaps()) {
            line(out, "gap", gap(gap));
        }
        line(out, "size", size());
        for (Map.Entry<String, String> label : manifest.labels().entrySet()) {
            line(out, "label", label.getKey() + "=" + label.getValue());
        }
        if (manifest.note() != null) {
            line(out, "note", manifest.note());
        }
    }

    private String span() {
        Optional<Instant> from = summary.from();
        Optional<Instant> until = summary.until();
        if (from.isEmpty() && until.isEmpty()) {
            return manifest.couchdb() == null ? "no event has a time" : "nothing in it has a time";
        }
        String length = from.isEmpty() || until.isEmpty()
                ? ""
                : " (" + Lengths.text(Duration.between(from.get(), until.get())) + ")";
        return date(from) + " until " + date(until) + length;
    }

    private static String date(Optional<Instant> time) {
        return time.isEmpty() ? NO_DATE : Times.format(time.get());
    }

    private void printEvents(PrintWriter out, Manifest.Kafka kafka) {
        line(out, "source", source(kafka));
        line(out, "events", events());
        for (Map.Entry<Integer, RecordingSummary.Offsets> partition :
                summary.partitions().entrySet()) {
            line(out, "partition " + partition.getKey(), "offsets " + offsets(partition.getValue()));
        }
    }

    private static String offsets(RecordingSummary.Offsets offsets) {
        return Thousands.text(offsets.from()) + " until " + Thousands.text(offsets.next());
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
        return times == 0 ? "" : ", which was deleted and created again" + (times == 1 ? "" : " " + times + " times");
    }

    private String events() {
        Totals events = summary.events();
        return Thousands.text(events.rows()) + ": "
                + Thousands.text(events.activations()) + " activation, "
                + Thousands.text(events.metrics()) + " metric, "
                + Thousands.text(events.unreadable()) + " unreadable; "
                + Thousands.text(events.duplicates()) + " of them duplicates";
    }

    private String activations() {
        Totals documents = summary.documents();
        return Thousands.text(documents.rows()) + ": "
                + Thousands.text(documents.activations()) + " records, "
                + Thousands.text(documents.deleted()) + " deleted, "
                + Thousands.text(documents.designs()) + " design documents, "
                + Thousands.text(documents.unreadable()) + " unreadable";
    }

    private static String gap(Gap gap) {
        if (gap.isOfDocuments()) {
            return "database: " + gap.what() + ": " + gap.reason();
        }
        String life = gap.incarnation() == 1 ? "" : " of life " + gap.incarnation();
        String until = gap.untilOffset() == null
                ? "from offset " + Thousands.text(gap.fromOffset()) + ", nobody knows how many"
                : "offsets " + Thousands.text(gap.fromOffset()) + " until " + Thousands.text(gap.untilOffset()) + ", "
                        + Thousands.text(gap.untilOffset() - gap.fromOffset()) + " events";
        return "partition " + gap.partition() + life + ": " + until + ": " + gap.reason();
    }

    private String size() {
        return bytes(summary.sizeBytes()) + " in "
                + Thousands.text(manifest.segments().size()) + " segments"
                + bytesEach(summary.events(), "an event")
                + bytesEach(summary.documents(), "an activation");
    }

    private static String bytesEach(Totals table, String each) {
        return table.rows() == 0 ? "" : ", " + Thousands.text(table.sizeBytes() / table.rows()) + " bytes " + each;
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
        return (unit == 0 ? Thousands.text(bytes) : Thousands.tenths(Math.round(amount * 10))) + " " + UNITS[unit];
    }
}
