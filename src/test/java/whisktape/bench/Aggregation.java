package whisktape.bench;

import java.nio.file.Path;
import java.util.List;
import whisktape.analysis.Analysis;
import whisktape.analysis.Rows;
import whisktape.recording.Recording;

/** What a whole report is compared with: one aggregation in DuckDB over columns that the report reads. */
final class Aggregation {
    private static final String FIGURES = """
            count(*), count(activation_id),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY wait_ms), percentile_cont(0.95) WITHIN GROUP (ORDER BY wait_ms),
            percentile_cont(0.95) WITHIN GROUP (ORDER BY init_ms),
            percentile_cont(0.5) WITHIN GROUP (ORDER BY duration_ms), percentile_cont(0.95) WITHIN GROUP (ORDER BY duration_ms),
            max(namespace), max(kind), max(memory_mb), max(status_code), max(response_chars), max(caused_by)""";

    private static final List<String> OF_SEGMENTS = List.of(
            "SELECT action, " + FIGURES
                    + ", max(event_source), max(event_time_ms) FROM recorded_events GROUP BY action",
            "SELECT path, " + FIGURES
                    + ", max(start_ms), max(end_ms), max(cause), max(version) FROM recorded_activations"
                    + " GROUP BY path");

    private static final List<String> OF_THE_VIEW = List.of("SELECT action, " + FIGURES
            + ", max(event_source), max(event_time_ms), max(start_ms), max(end_ms), max(cause), max(version), max(gap_ms),"
            + " max(gap_on_invoker_ms), count(disagrees) FROM invocations GROUP BY action");

    private Aggregation() {}

    /** Takes a recording, and {@code segments} or {@code view}. */
    public static void main(String[] args) {
        try (Analysis analysis = Analysis.open(Recording.open(Path.of(args[0])))) {
            for (String sql : args[1].equals("view") ? OF_THE_VIEW : OF_SEGMENTS) {
                try (Rows rows = analysis.query(sql)) {
                    rows.forEachRemaining(row -> {});
                }
            }
        }
    }
}
