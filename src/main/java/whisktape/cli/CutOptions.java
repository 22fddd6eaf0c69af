package whisktape.cli;

import java.time.Instant;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import whisktape.Times;
import whisktape.analysis.Analysis;
import whisktape.analysis.OffsetSet;
import whisktape.recording.Recording;
import whisktape.replay.Selection;
import whisktape.sharing.Cut;

/** Which part of a recording is meant, events and their documents together; for a mixin. */
final class CutOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description = {
                "Leave out events before this Kafka time, 2026-03-14T09:15:00Z or -10m before the last event, and their",
                "documents; a document without an event counts by its end."
            })
    private TimeOption from;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out what is at this time and after it.")
    private TimeOption until;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description = {
                "Only events for which this is true, and their documents; a condition over the view events:",
                "\"action = 'guest/hello'\"."
            })
    private String where;

    Cut of(Recording recording) {
        if (from == null && until == null && where == null) {
            return Cut.NONE;
        }
        Instant end = Selection.end(recording).orElse(recording.manifest().created());
        Instant first = from == null ? null : from.resolve(end);
        Instant last = until == null ? null : until.resolve(end);
        String events = within("coalesce(e.kafka_timestamp_ms, e.event_time_ms, e.recorded_at_ms)", first, last)
                // On a line of its own the condition may end in a comment.
                + (where == null ? "" : " AND (\n" + where + "\n)");
        String ofEvents = "a.activation_id IN (SELECT activation_id FROM events e WHERE " + events + ")";
        String withoutEvent = "NOT EXISTS (SELECT 1 FROM events e WHERE e.activation_id = a.activation_id) AND "
                + within("coalesce(nullif(a.end_ms, 0), a.start_ms, a.recorded_at_ms)", first, last);
        try (Analysis analysis = Analysis.open(LocalRecording.of(spec, recording))) {
            OffsetSet offsets = analysis.offsetsWhere(events);
            OffsetSet changes =
                    analysis.changesWhere(where == null ? ofEvents + " OR (" + withoutEvent + ")" : ofEvents);
            return new Cut(description(first, last), offsets::contains, changes::contains);
        }
    }

    private static String within(String timeMs, Instant first, Instant last) {
        return Stream.of(
                        first == null ? "true" : timeMs + " >= " + first.toEpochMilli(),
                        last == null ? "true" : timeMs + " < " + last.toEpochMilli())
                .collect(Collectors.joining(" AND "));
    }

    private String description(Instant first, Instant last) {
        return Stream.of(
                        first == null ? "" : "from " + Times.format(first),
                        last == null ? "" : "until " + Times.format(last),
                        // What it says may name what is not to leave.
                        where == null ? "" : "where a condition holds")
                .filter(words -> !words.isEmpty())
                .collect(Collectors.joining(" "));
    }
}
