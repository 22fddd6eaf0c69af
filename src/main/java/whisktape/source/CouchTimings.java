package whisktape.source;

import java.time.Duration;

/**
 * How long things may take with CouchDB.
 *
 * @param answer for an answer that somebody waits for
 * @param silence until a body of which nothing comes, not even a heartbeat, is given up
 * @param heartbeat how often the server is asked to show that it lives
 * @param look how often the database itself is looked at while nothing comes
 * @param breath between two pages of a feed that is read as it is written
 * @param backoffFirst the longest first wait after a failure
 * @param backoffMost the longest wait after many
 */
record CouchTimings(
        Duration answer,
        Duration silence,
        Duration heartbeat,
        Duration look,
        Duration breath,
        Duration backoffFirst,
        Duration backoffMost) {

    static final CouchTimings DEFAULT = new CouchTimings(
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10),
            Duration.ofSeconds(10),
            Duration.ofMillis(100),
            Duration.ofMillis(100),
            Duration.ofSeconds(15));
}
