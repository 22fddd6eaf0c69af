package whisktape.cli;

import picocli.CommandLine.Option;

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
}
