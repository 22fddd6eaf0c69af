package whisktape.cli;

import java.net.InetSocketAddress;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import whisktape.metrics.StatsdTags;

/** Where {@code replay} sends to: exactly one of these, and none by itself. */
final class ReplayTargetOptions {
    @Option(
            names = "--to",
            paramLabel = "H:P",
            required = true,
            converter = AddressConverter.class,
            description = "The test Kafka's host and port; several separated by commas.")
    String kafka;

    @ArgGroup(exclusive = false, multiplicity = "1")
    Statsd statsd;

    /** A StatsD, and how it likes tags. */
    static final class Statsd {
        @Option(
                names = "--to-statsd",
                paramLabel = "H:P",
                required = true,
                converter = UdpAddressConverter.class,
                description = "A StatsD's or Datadog agent's host and port: send what user-events would report there.")
        InetSocketAddress address;

        @Option(
                names = "--statsd-tags",
                paramLabel = "none|datadog",
                defaultValue = "none",
                description = "How StatsD takes namespace and action: in the names, or as DogStatsD's tags."
                        + " Default: ${DEFAULT-VALUE}.")
        StatsdTags tags;
    }
}
