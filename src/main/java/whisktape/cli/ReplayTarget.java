package whisktape.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import whisktape.metrics.StatsdTags;

/** Where a replay goes; exactly one of them. */
final class ReplayTarget {
    @Option(
            names = "--to",
            paramLabel = "H:P",
            required = true,
            converter = AddressConverter.class,
            description = "The test Kafka's host and port; several separated by commas.")
    String kafka;

    @Option(
            names = "--to-metrics",
            paramLabel = "PORT",
            required = true,
            description = {
                "No Kafka: serve the metrics of user-events here, counted as the events are due, until Ctrl-C;",
                "0 takes a free port."
            })
    Integer metricsPort;

    @ArgGroup(exclusive = false, multiplicity = "1")
    Statsd statsd;

    /** A StatsD, and how it takes tags. */
    static final class Statsd {
        @Option(
                names = "--to-statsd",
                paramLabel = "H:P",
                required = true,
                converter = UdpAddressConverter.class,
                description =
                        "No Kafka: send a StatsD or a Datadog agent what user-events would report for each event.")
        InetSocketAddress address;

        @Option(
                names = "--statsd-tags",
                paramLabel = "none|datadog",
                defaultValue = "none",
                description = "How it gets namespace and action: in the names, or as DogStatsD's tags."
                        + " Default: ${DEFAULT-VALUE}.")
        StatsdTags tags;
    }
}
