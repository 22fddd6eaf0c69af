package whisktape.replay;

/** Says which events of a recording are meant, by where they stood in Kafka. */
@FunctionalInterface
public interface EventFilter {
    /** Every event. */
    EventFilter ALL = (incarnation, partition, offset) -> true;

    boolean test(int incarnation, int partition, long offset);
}
