package whisktape.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import whisktape.lab.EmbeddedKafka;

/** A broker in a process of its own. It ends when its standard input does, so with the benchmark, however that ends. */
final class BrokerProcess implements AutoCloseable {
    private final Process process;
    private final String bootstrapServers;

    private BrokerProcess(Process process, String bootstrapServers) {
        this.process = process;
        this.bootstrapServers = bootstrapServers;
    }

    static BrokerProcess start(Path dataDir) throws IOException {
        Process process = new ProcessBuilder(Run.java(BrokerProcess.class.getName(), dataDir.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String address =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (address == null) {
            throw new IOException("the broker did not start");
        }
        return new BrokerProcess(process, address);
    }

    /** The process itself. */
    public static void main(String[] args) throws IOException {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(Path.of(args[0]), 0)) {
            System.out.println(kafka.bootstrapServers());
            while (System.in.read() >= 0) {
                // Nobody writes; what counts is the end.
            }
        }
        System.exit(0);
    }

    String bootstrapServers() {
        return bootstrapServers;
    }

    @Override
    public void close() throws IOException {
        process.getOutputStream().close();
        process.onExit()
                .orTimeout(30, TimeUnit.SECONDS)
                .whenComplete((ended, late) -> process.destroyForcibly())
                .join();
    }
}
