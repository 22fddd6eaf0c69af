package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedKafka;
import whisktape.lab.Lab;
import whisktape.lab.LabMetrics;
import whisktape.lab.LiveSimulation;
import whisktape.lab.PlantedBottleneck;

/** {@code whisktape lab}: a Kafka broker and an activations database to try things on. */
@Command(
        name = "lab",
        description = {
            "Runs a Kafka broker, an activations database and a metrics endpoint in this process, to try things on.",
            "The broker has the topic events; the database is a stand-in for CouchDB, in memory; the metrics are those",
            "of OpenWhisk's user-events service, from all that is in the topic."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape lab --simulate --speed 10",
            "",
            "Prints 'kafka 127.0.0.1:9092', 'couchdb http://127.0.0.1:5984/whisk_local_activations' and",
            "'metrics http://127.0.0.1:9095/metrics' when it is ready; nobody beyond this machine can reach it.",
            "Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 failed, 2 wrong usage or refused."
        })
final class LabCommand implements Callable<Integer> {
    private static final int FASTEST = 1000;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Where the broker listens; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = "--couchdb-port",
            paramLabel = "PORT",
            defaultValue = "5984",
            description = "Where the database listens; 0 takes a free port. Default: ${DEFAULT-VALUE}.")
    private int couchPort;

    @Option(
            names = "--metrics-port",
            paramLabel = "PORT",
            defaultValue = "9095",
            description = {
                "Where the metrics of the topic's events are served as OpenWhisk's user-events service serves them",
                "(docs/prometheus.md); 0 takes a free port. Default: ${DEFAULT-VALUE}."
            })
    private int metricsPort;

    @Mixin
    private LabellingOptions labelling;

    @Option(
            names = "--simulate",
            description = {
                "Play a simulated OpenWhisk into both, with bottlenecks planted whose true size is printed at the end",
                "(docs/simulation.md). The database keeps all documents in memory."
            })
    private boolean simulate;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "How fast the simulation goes; its times run ahead of the clock then. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "The same seed makes the same calls. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = {
                "Keep the broker's data here and go on with what is there. Default: kept nowhere.",
                "The database is always empty at first."
            })
    private Path folder;

    @Override
    public Integer call() {
        Port.require(spec, "--kafka-port", kafkaPort);
        Port.require(spec, "--metrics-port", metricsPort);
        Port.require(spec, "--couchdb-port", couchPort);
        if (!(speed > 0 && speed <= FASTEST)) {
            throw new ParameterException(
                    spec.commandLine(), "--speed got " + speed + "; it takes a number above 0, at most " + FASTEST);
        }
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Interruption.stopsWith(() -> ended.complete(true));
        EmbeddedKafka.whenOneGivesUp(() -> ended.complete(false));
        try (Lab lab = folder == null ? Lab.start(kafkaPort, couchPort) : Lab.start(folder, kafkaPort, couchPort);
                LabMetrics metrics = LabMetrics.start(
                        lab, labelling.labelling(), metricsPort, e -> ended.completeExceptionally(e))) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("kafka " + lab.kafka().bootstrapServers());
            out.println("couchdb " + lab.couchUrl());
            out.println("metrics " + metrics.url());
            out.flush();
            if (!RootCommand.of(spec).quiet) {
                spec.commandLine()
                        .getErr()
                        .println("topic " + Lab.TOPIC + " and database " + Lab.DATABASE
                                + " are there; Ctrl-C ends the lab");
            }
            Optional<LiveSimulation> simulation = simulate
                    ? Optional.of(LiveSimulation.start(lab, seed, speed, () -> ended.complete(false)))
                    : Optional.empty();
            boolean well = ended.join();
            simulation.map(LiveSimulation::end).ifPresent(this::say);
            if (!well) {
                throw new WhisktapeException("the broker gave up, as it says above; if its disk is full, free some room"
                        + " or name a folder on another one with -o");
            }
        }
        return 0;
    }

    private void say(List<PlantedBottleneck> planted) {
        for (PlantedBottleneck each : planted) {
            spec.commandLine()
                    .getErr()
                    .printf(
                            "planted %s %s, %s: %,d ms at stake, %,d calls%n",
                            each.report(), each.kind(), each.subject(), each.msAtStake(), each.affected());
        }
    }
}
