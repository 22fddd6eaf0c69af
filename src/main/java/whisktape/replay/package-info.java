/**
 * A recording back into Kafka, or to a StatsD, at its pace: what is selected, merged by time and read ahead; when each event is due; who
 * publishes it; and what may not be replayed where.
 */
package whisktape.replay;
