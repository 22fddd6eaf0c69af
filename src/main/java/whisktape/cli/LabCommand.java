package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedKafka;
import whisktape.lab.Lab;

/** {@code whisktape lab}: a Kafka broker and an activations database to try things on. */
@Command(
        name = "lab",
        description = {
            "Runs a Kafka broker and an activations database in this process, to try things on.",
            "The broker has the topic events; the database is a stand-in for CouchDB, in memory."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape lab --kafka-port 9092",
            "",
            "Prints 'kafka 127.0.0.1:9092' and 'couchdb http://127.0.0.1:5984/whisk_local_activations' when it is",
            "ready; nobody beyond this machine can reach it.",
            "Exit codes: 0 stopped by Ctrl-C or SIGTERM, 1 failed, 2 wrong usage or refused."
        })
final class LabCommand implements Callable<Integer> {
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
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = {
                "Keep the broker's data here and go on with what is there. Default: kept nowhere.",
                "The database is always empty at first."
            })
    private Path folder;

    @Override
    public Integer call() {
        requirePort("--kafka-port", kafkaPort);
        requirePort("--couchdb-port", couchPort);
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Interruption.stopsWith(() -> ended.complete(true));
        EmbeddedKafka.whenOneGivesUp(() -> ended.complete(false));
        try (Lab lab = folder == null ? Lab.start(kafkaPort, couchPort) : Lab.start(folder, kafkaPort, couchPort)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("kafka " + lab.kafka().bootstrapServers());
            out.println("couchdb " + lab.couchUrl());
            out.flush();
            if (!RootCommand.of(spec).quiet) {
                spec.commandLine()
                        .getErr()
                        .println("topic " + Lab.TOPIC + " and database " + Lab.DATABASE
                                + " are there; Ctrl-C ends the lab");
            }
            if (!ended.join()) {
                throw new WhisktapeException("the broker gave up, as it says above; if its disk is full, free some room"
                        + " or name a folder on another one with -o");
            }
        }
        return 0;
    }

    private void requirePort(String option, int port) {
        if (port < 0 || port > 65535) {
            throw new ParameterException(
                    spec.commandLine(), option + " got " + port + "; it takes 1 to 65535, or 0 for a free port");
        }
    }
}
