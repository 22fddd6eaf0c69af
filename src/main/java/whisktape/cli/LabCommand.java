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

/** {@code whisktape lab}: a Kafka broker to try things on. */
@Command(
        name = "lab",
        description = "Runs a Kafka broker with the topic events in this process, to try things on.",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape lab --kafka-port 9092",
            "",
            "Prints 'kafka 127.0.0.1:9092' when it is ready; nobody beyond this machine can reach it.",
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
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Keep the broker's data here and go on with what is there. Default: kept nowhere.")
    private Path folder;

    @Override
    public Integer call() {
        if (kafkaPort < 0 || kafkaPort > 65535) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--kafka-port got " + kafkaPort + "; it takes 1 to 65535, or 0 for a free port");
        }
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        Interruption.stopsWith(() -> ended.complete(true));
        EmbeddedKafka.whenOneGivesUp(() -> ended.complete(false));
        try (Lab lab = folder == null ? Lab.start(kafkaPort) : Lab.start(folder, kafkaPort)) {
            PrintWriter out = spec.commandLine().getOut();
            out.println("kafka " + lab.kafka().bootstrapServers());
            out.flush();
            if (!RootCommand.of(spec).quiet) {
                spec.commandLine().getErr().println("topic " + Lab.TOPIC + " is there; Ctrl-C ends the lab");
            }
            if (!ended.join()) {
                throw new WhisktapeException("the broker gave up, as it says above; if its disk is full, free some room"
                        + " or name a folder on another one with -o");
            }
        }
        return 0;
    }
}
