package whisktape.replay;

import java.time.Duration;

/**
 * How far a replay is.
 *
 * @param sent events acknowledged so far
 * @param total events in all
 * @param elapsed since the first
 */
public record ReplayProgress(long sent, long total, Duration elapsed) {}
