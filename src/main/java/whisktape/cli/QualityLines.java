package whisktape.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import whisktape.Times;
import whisktape.report.Quality;

/** What a report says first: how good its data are, in parts of sentences. */
final class QualityLines {
    private QualityLines() {}

    static List<String> activations(Quality quality) {
        List<String> parts = new ArrayList<>();
        parts.add("%,d, of which %,d count in the figures".formatted(quality.rows(), quality.baseSet()));
        if (quality.from().isPresent() && quality.until().isPresent()) {
            parts.add(Times.format(quality.from().get()) + " until "
                    + Times.format(quality.until().get()) + " ("
                    + Lengths.text(Duration.between(
                            quality.from().get(), quality.until().get()))
                    + ")");
        }
        return parts;
    }

    static List<String> leftOut(Quality quality) {
        List<String> parts = new ArrayList<>();
        quality.excluded().forEach((reason, rows) -> parts.add("%,d %s".formatted(rows, reason)));
        return parts.isEmpty() ? List.of("none") : parts;
    }

    static List<String> doubtful(Quality quality) {
        List<String> parts = new ArrayList<>();
        parts.add("%,d only in events".formatted(quality.foundIn().get("events")));
        parts.add("%,d only in CouchDB".formatted(quality.foundIn().get("couchdb")));
        parts.add("%,d events sent twice".formatted(quality.duplicates()));
        parts.add("%,d unreadable".formatted(quality.unreadable()));
        parts.add(
                quality.gaps().size() == 1
                        ? "1 gap"
                        : "%,d gaps".formatted(quality.gaps().size()));
        return parts;
    }

    static List<String> time(Quality quality) {
        List<String> parts = new ArrayList<>();
        parts.add(Lengths.ofMs(quality.responseMs()) + " of response time");
        parts.add("waiting " + part(quality.waitMs(), quality));
        parts.add("initialising " + part(quality.initMs(), quality));
        parts.add("running " + part(quality.runMs(), quality));
        return parts;
    }

    private static String part(double ms, Quality quality) {
        return quality.responseMs() <= 0
                ? Lengths.ofMs(ms)
                : String.format(Locale.ROOT, "%s (%.1f %%)", Lengths.ofMs(ms), 100 * ms / quality.responseMs());
    }
}
