package whisktape.report;

import java.util.List;

/**
 * What one recording says.
 *
 * @param recording its name
 * @param tool the version of whisktape that made it
 * @param quality of the data
 * @param findings most time at stake first
 * @param sections one for each query that belongs to a report, by report and name
 */
public record Report(String recording, String tool, Quality quality, List<Finding> findings, List<Section> sections) {
    /** Only what was found. */
    public Report withoutSections() {
        return new Report(recording, tool, quality, findings, List.of());
    }
}
