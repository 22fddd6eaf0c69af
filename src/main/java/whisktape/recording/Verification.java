package whisktape.recording;

import java.util.List;

/**
 * What {@link Verifier} found.
 *
 * @param segments looked at
 * @param segmentsRead those of which every row was read back; what is damaged is not read
 * @param events read back
 * @param documents read back
 * @param problems all that is wrong or missing; empty if the recording is whole
 */
public record Verification(int segments, int segmentsRead, long events, long documents, List<Problem> problems) {

    /**
     * One thing that is wrong or missing.
     *
     * @param segment the file it is in; null where it concerns the recording
     * @param what a sentence
     * @param isKnown true where the recording itself tells of it, so that nothing is damaged: a gap, or rows that nobody can read
     */
    public record Problem(String segment, String what, boolean isKnown) {
        Problem(String segment, String what) {
            this(segment, what, false);
        }
    }

    /** What is damaged: all problems but those that the recording itself tells of. */
    public List<Problem> damage() {
        return problems.stream().filter(problem -> !problem.isKnown()).toList();
    }

    /** Events and documents together. */
    public long rows() {
        return events + documents;
    }

    public boolean isOk() {
        return problems.isEmpty();
    }
}
