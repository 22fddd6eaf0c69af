package whisktape.recording;

import java.time.Duration;

/**
 * When an open segment is sealed, and how much is held in memory before rows go to the file.
 *
 * @param age since its first row; what is open is read again after a crash, so this is far below Kafka's retention
 * @param sizeBytes of the file
 * @param bufferedBytes of all open segments together, before the largest is written out as a row group
 */
public record SealLimits(Duration age, long sizeBytes, long bufferedBytes) {
    public static final SealLimits DEFAULT = new SealLimits(Duration.ofSeconds(30), 64L << 20, 32L << 20);
}
