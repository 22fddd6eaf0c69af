package whisktape.metrics;

/** Where a metric's tags go, since StatsD itself knows none. */
public enum StatsdTags {
    /** Into the name, as Kamon's StatsD reporter writes them: for StatsD and Graphite. */
    NONE,

    /** Behind the value, as Kamon's Datadog reporter writes them: DogStatsD's, which many agents understand. */
    DATADOG
}
