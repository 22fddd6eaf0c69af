package whisktape.cli;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Map;

/**
 * Where a replay goes, in its report's words.
 *
 * @param name in a sentence: {@code topic events at localhost:9092}
 * @param json the same as fields
 * @param poison what becomes there of events that would stop user-events
 */
record ReplayDestination(String name, Map<String, Object> json, String poison) {

    static ReplayDestination of(ReplayTargetOptions to, String topic) {
        return to.statsd == null ? kafka(to.kafka, topic) : statsd(to.statsd);
    }

    private static ReplayDestination kafka(String address, String topic) {
        return new ReplayDestination(
                "topic " + topic + " at " + address,
                Json.object("to", address, "topic", topic),
                "refused without --allow-poison");
    }

    private static ReplayDestination statsd(ReplayTargetOptions.Statsd statsd) {
        InetSocketAddress socket = statsd.address;
        String address = socket.getHostString() + ":" + socket.getPort();
        return new ReplayDestination(
                "StatsD at " + address,
                Json.object(
                        "to_statsd", address, "statsd_tags", statsd.tags.name().toLowerCase(Locale.ROOT)),
                "makes no metric");
    }
}
