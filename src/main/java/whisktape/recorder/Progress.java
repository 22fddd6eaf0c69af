package whisktape.recorder;

import java.time.Duration;
import java.util.List;

/**
 * How far a recorder has come.
 *
 * @param events recorded by this recorder so far, sealed or not
 * @param documents likewise
 * @param unreadable of both
 * @param gaps noted by this recorder
 * @param segments sealed in the recording
 * @param lag rows known to wait in the sources
 * @param away the sources that do not answer at present, by name
 * @param awaited activations whose events were seen lately and whose documents were not; 0 without a database
 * @param elapsed since it began to listen
 * @param busy from there to the last row written, and the time it took to seal what was open at the end
 */
public record Progress(
        long events,
        long documents,
        long unreadable,
        int gaps,
        int segments,
        long lag,
        List<String> away,
        int awaited,
        Duration elapsed,
        Duration busy) {

    /** Events and documents together. */
    public long rows() {
        return events + documents;
    }
}
