package whisktape;

/**
 * Events or documents that were there and are not in the recording.
 *
 * @param table what is missing: {@code events} or {@code activations}
 * @param incarnation the life of the topic or database that lost them
 * @param partition the Kafka partition; 0 for documents
 * @param fromOffset first offset missing; of documents the number of the change that would have come next
 * @param untilOffset first offset or change there again; null where nobody can know
 * @param reason why, in a few words
 */
public record Gap(String table, int incarnation, int partition, long fromOffset, Long untilOffset, String reason) {

    public static final String RETENTION = "deleted by retention";
    public static final String RECREATED = "topic was deleted and created again";
    public static final String TRUNCATED = "log was truncated by the cluster";
    public static final String UNRECORDED = "between two recordings";
    public static final String DAMAGED = "segment damaged or missing";

    private static final String EVENTS = "events";
    private static final String ACTIVATIONS = "activations";

    /** Manifests older than the table {@code activations} name none. */
    public Gap {
        table = table == null ? EVENTS : table;
    }

    /** Events that are missing. */
    public Gap(int incarnation, int partition, long fromOffset, Long untilOffset, String reason) {
        this(EVENTS, incarnation, partition, fromOffset, untilOffset, reason);
    }

    /** Documents that are missing, nobody knows how many, before the change that comes next. */
    public static Gap ofDocuments(int incarnation, long nextChange, String reason) {
        return new Gap(ACTIVATIONS, incarnation, 0, nextChange, null, reason);
    }

    public boolean isOfDocuments() {
        return table.equals(ACTIVATIONS);
    }

    /** What is missing, for people: {@code offsets 110 to 119 of partition 0}, {@code documents before change 17}. */
    public String what() {
        String life = incarnation == 1 ? "" : " of life " + incarnation;
        if (isOfDocuments()) {
            return (untilOffset == null
                            ? "documents before change " + fromOffset
                            : "changes " + fromOffset + " to " + (untilOffset - 1))
                    + life;
        }
        String until = untilOffset == null ? "on" : "to " + (untilOffset - 1);
        return "offsets " + fromOffset + " " + until + " of partition " + partition + life;
    }
}
