package whisktape;

/**
 * Events that were on the topic and are not in the recording.
 *
 * @param incarnation the life of the topic that lost them
 * @param partition the Kafka partition
 * @param fromOffset first offset missing
 * @param untilOffset first offset there again; null where nobody can know, because the topic was deleted
 * @param reason why, in a few words
 */
public record Gap(int incarnation, int partition, long fromOffset, Long untilOffset, String reason) {

    public static final String RETENTION = "deleted by retention";
    public static final String RECREATED = "topic was deleted and created again";
    public static final String TRUNCATED = "log was truncated by the cluster";
    public static final String DAMAGED = "segment damaged or missing";
}
