package whisktape.cli;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Where a replay goes, in words.
 *
 * @param kind what is there, in a sentence before the address
 * @param to the address as the user gave it
 * @param topic of a Kafka
 * @param poison what becomes there of events that would stop user-events
 */
record ReplayDestination(String kind, String to, Optional<String> topic, String poison) {
    static ReplayDestination kafka(String topic, String to) {
        return new ReplayDestination("topic " + topic, to, Optional.of(topic), "refused without --allow-poison");
    }

    static ReplayDestination metrics(String at) {
        return new ReplayDestination("the metrics", at, Optional.empty(), "counted as such, and stops nothing");
    }

    static ReplayDestination statsd(InetSocketAddress address) {
        return new ReplayDestination(
                "StatsD", address.getHostString() + ":" + address.getPort(), Optional.empty(), "makes no metric");
    }

    @Override
    public String toString() {
        return kind + " at " + to;
    }
}
