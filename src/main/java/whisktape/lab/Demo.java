package whisktape.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/**
 * The whole way on this machine alone: a simulated OpenWhisk with planted bottlenecks fills a topic and a database, what is there is
 * recorded, verified and analyzed, replayed and recorded again, and the events of the two recordings are compared. Each step is a
 * verb as a user would type it, run as typed.
 */
public final class Demo {
    private static final String AGAIN = "events-again";

    /** Of the simulated time, the first two minutes of which are not let out. */
    private static final Duration LENGTH = Duration.ofMinutes(8);

    /** Enough to find, and not so much that one hides the others. */
    private static final List<SimulatedBottleneck> PLANTED = List.of(
            new SimulatedBottleneck.SlowInvoker(5, 2.5),
            new SimulatedBottleneck.SlowSequenceStep("shop/order", "shop/price", 20),
            new SimulatedBottleneck.ThrashingPair("darkroom", Duration.ofSeconds(5)),
            new SimulatedBottleneck.ThrottledNamespace("crawler", 4));

    private final ToIntBiFunction<PrintWriter, List<String>> whisktape;
    private final PrintWriter out;
    private final Path folder;
    private final long seed;
    private volatile boolean stopped;
    private volatile LiveSimulation simulation;
    private int steps;

    /**
     * @param whisktape runs a verb with its arguments, prints to the writer, returns the exit code
     * @param out takes what the demonstration shows
     * @param folder takes the two recordings it makes
     * @param seed of the simulation
     */
    public Demo(ToIntBiFunction<PrintWriter, List<String>> whisktape, PrintWriter out, Path folder, long seed) {
        this.whisktape = whisktape;
        this.out = out;
        this.folder = folder;
        this.seed = seed;
    }

    /** Makes {@link #run} come to its end soon; for another thread to call. */
    public void stop() {
        stopped = true;
        LiveSimulation running = simulation;
        if (running != null) {
            running.close();
        }
    }

    /**
     * Runs all steps.
     *
     * @return false if it was stopped before the last
     */
    public boolean run() {
        requireNew();
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        step("A Kafka broker and an activations database in this process, as OpenWhisk makes them");
        type("lab", "--kafka-port", "0", "--couchdb-port", "0");
        try (Lab lab = Lab.start(0, 0)) {
            String kafka = lab.kafka().bootstrapServers();
            result("kafka " + kafka);
            result("couchdb " + lab.couchUrl());

            step("A simulated OpenWhisk works in it: a web shop, six minutes of it, with four things wrong");
            List<PlantedBottleneck> planted = simulate(lab);

            step("What is in topic and database becomes a recording");
            run(
                    "record",
                    "--kafka",
                    kafka,
                    "--couchdb",
                    lab.couchUrl(),
                    "-o",
                    first.toString(),
                    "--from",
                    "earliest",
                    "--until-idle",
                    "1s",
                    "--drain",
                    "0s");
            step("Is it whole?");
            run("verify", first.toString());
            step("Where did the time go?");
            run("analyze", first.toString(), "--findings");
            step("What was really wrong, as only the simulation can know");
            planted.forEach(this::result);
            step("Back into Kafka; --force, because replay guards the cluster that a recording comes from");
            run("replay", first.toString(), "--to", kafka, "--topic", AGAIN, "--speed", "max", "--force");
            step("What came out becomes a second recording");
            run(
                    "record",
                    "--kafka",
                    kafka,
                    "--topic",
                    AGAIN,
                    "-o",
                    second.toString(),
                    "--from",
                    "earliest",
                    "--until-idle",
                    "1s");
        }
        if (stopped) {
            return false;
        }
        step("Are their events the same?");
        result(compare(first, second));
        sayWhatToTry(first);
        return true;
    }

    private void requireNew() {
        try (Stream<Path> found = Files.exists(folder) ? Files.list(folder) : Stream.empty()) {
            if (found.findAny().isPresent()) {
                throw WhisktapeException.refused(
                        "cannot put recordings into " + folder + ": it is not empty; name a new folder with -o");
            }
        } catch (IOException e) {
            throw WhisktapeException.refused(
                    "cannot put recordings into " + folder + ": it is no folder; name a new one with -o");
        }
    }

    private List<PlantedBottleneck> simulate(Lab lab) {
        SimulationPlan plan = SimulationPlan.calm().lasting(LENGTH);
        for (SimulatedBottleneck bottleneck : PLANTED) {
            plan = plan.plant(bottleneck);
        }
        Instant start = Instant.now().minus(LENGTH);
        simulation = LiveSimulation.start(lab, plan.from(start), seed, Double.POSITIVE_INFINITY, () -> {});
        if (stopped) {
            simulation.close();
        }
        List<PlantedBottleneck> planted = simulation.awaitEnd();
        SimulationCounts counts = simulation.counts();
        result(String.format(
                Locale.ROOT, "%,d calls accepted, %,d refused, seed %d", counts.accepted(), counts.refused(), seed));
        return planted;
    }

    private void result(PlantedBottleneck planted) {
        result(String.format(
                Locale.ROOT,
                "%s %s: %s, %,d ms in %,d calls",
                planted.report(),
                planted.kind(),
                planted.subject(),
                planted.msAtStake(),
                planted.affected()));
    }

    private void step(String what) {
        if (!stopped) {
            out.println((++steps == 1 ? "" : System.lineSeparator()) + steps + ". " + what);
            out.flush();
        }
    }

    private void run(String... args) {
        if (stopped) {
            return;
        }
        type(args);
        StringWriter printed = new StringWriter();
        int exitCode = whisktape.applyAsInt(new PrintWriter(printed), List.of(args));
        printed.toString().lines().forEach(this::result);
        if (exitCode != 0 && !stopped) {
            throw new WhisktapeException("the demonstration ends here: whisktape " + args[0] + " ended with exit code "
                    + exitCode + "; what it made so far is in " + folder);
        }
    }

    private void type(String... args) {
        StringBuilder line = new StringBuilder("   $ whisktape");
        for (String arg : args) {
            line.append(' ').append(arg.contains(" ") ? "'" + arg + "'" : arg);
        }
        out.println(line);
        out.flush();
    }

    private void result(String line) {
        out.println("   " + line);
        out.flush();
    }

    private static String compare(Path first, Path second) {
        Comparison found = Comparison.of(Recording.open(first), Recording.open(second));
        Optional<String> difference = found.difference();
        if (difference.isPresent()) {
            throw new WhisktapeException(
                    "the two recordings differ: " + difference.get() + "; please report it, with " + first.getParent());
        }
        return String.format(
                Locale.ROOT,
                "yes: %,d messages, %,d bytes, the same in both, in the same order",
                found.messages(),
                found.bytes());
    }

    private void sayWhatToTry(Path first) {
        out.println();
        out.println("Both recordings are in " + folder + ". Next, for example:");
        type("info", first.toString());
        type("analyze", first.toString());
        type("analyze", first.toString(), "time-by-action");
        type("lab");
    }
}
