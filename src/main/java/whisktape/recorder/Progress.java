package whisktape.recorder;

import java.time.Duration;

/**
 * How far a recorder has come.
 *
 * @param rows recorded by this recorder so far, sealed or not
 * @param unreadable of these
 * @param gaps noted by this recorder
 * @param segments sealed in the recording
 * @param lag messages known to wait in the source
 * @param away true while the source does not answer
 * @param elapsed since it began to listen
 * @param busy from there to the last event written, and the time it took to seal what was open at the end
 */
public record Progress(
        long rows, long unreadable, int gaps, int segments, long lag, boolean away, Duration elapsed, Duration busy) {}
