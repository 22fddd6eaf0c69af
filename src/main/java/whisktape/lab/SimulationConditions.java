package whisktape.lab;

import java.time.Duration;

/**
 * What makes real data hard to read.
 *
 * @param clockSkewMs each invoker's clock is off by at most this, to either side
 * @param duplicates share of events that the producer sends twice
 * @param documents whether activation documents are made at all
 * @param writeLag from the end of log collection until the database has the document
 * @param storeLevel which documents are written
 * @param probeEvery from one health probe of every invoker to the next; zero for none
 * @param upSince how long the controllers have been up at the beginning: what the wait of a probe counts from
 */
public record SimulationConditions(
        int clockSkewMs,
        double duplicates,
        boolean documents,
        SimulatedTime writeLag,
        StoreLevel storeLevel,
        Duration probeEvery,
        Duration upSince) {

    /** OpenWhisk's three settings. */
    public enum StoreLevel {
        ALWAYS,
        FAILURES,
        FAILURES_NOT_APPLICATION_ERRORS
    }

    /** Exact clocks, nothing twice, everything stored. */
    public static final SimulationConditions CLEAN = new SimulationConditions(
            0, 0, true, SimulatedTime.uniform(3, 40), StoreLevel.ALWAYS, Duration.ofMinutes(5), Duration.ofMinutes(14));

    /** Clocks that differ, and now and then an event twice. */
    public static final SimulationConditions REAL = CLEAN.withClockSkew(12).withDuplicates(0.0005);

    public SimulationConditions withClockSkew(int ms) {
        return new SimulationConditions(ms, duplicates, documents, writeLag, storeLevel, probeEvery, upSince);
    }

    public SimulationConditions withDuplicates(double share) {
        return new SimulationConditions(clockSkewMs, share, documents, writeLag, storeLevel, probeEvery, upSince);
    }

    public SimulationConditions withoutDocuments() {
        return new SimulationConditions(clockSkewMs, duplicates, false, writeLag, storeLevel, probeEvery, upSince);
    }

    public SimulationConditions withStoreLevel(StoreLevel level) {
        return new SimulationConditions(clockSkewMs, duplicates, documents, writeLag, level, probeEvery, upSince);
    }

    public SimulationConditions withProbesEvery(Duration interval) {
        return new SimulationConditions(clockSkewMs, duplicates, documents, writeLag, storeLevel, interval, upSince);
    }
}
