package whisktape.lab;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToIntBiFunction;
import java.util.stream.Stream;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/**
 * The whole way on this machine alone: a recording goes into Kafka and a database, what is there is recorded, verified,
 * replayed and recorded again, and the events of the two recordings are compared. Each step is a verb as a user would type it, run as typed.
 */
public final class Demo {
    private static final String AGAIN = "events-again";

    private final ToIntBiFunction<PrintWriter, List<String>> whisktape;
    private final PrintWriter out;
    private final Path sample;
    private final Path folder;
    private volatile boolean stopped;
    private int steps;

    /**
     * @param whisktape runs a verb with its arguments, prints to the writer, returns the exit code
     * @param out takes what the demonstration shows
     * @param sample the recording it begins with
     * @param folder takes the two recordings it makes
     */
    public Demo(ToIntBiFunction<PrintWriter, List<String>> whisktape, PrintWriter out, Path sample, Path folder) {
        this.whisktape = whisktape;
        this.out = out;
        this.sample = sample;
        this.folder = folder;
    }

    /** Makes {@link #run} come to its end soon; for another thread to call. */
    public void stop() {
        stopped = true;
    }

    /**
     * Runs all steps.
     *
     * @return false if it was stopped before the last
     */
    public boolean run() {
        requireSample();
        requireNew();
        Path first = folder.resolve("first");
        Path second = folder.resolve("second");
        step("A Kafka broker and an activations database in this process, as OpenWhisk makes them");
        type("lab", "--kafka-port", "0", "--couchdb-port", "0");
        try (Lab lab = Lab.start(0, 0)) {
            String kafka = lab.kafka().bootstrapServers();
            result("kafka " + kafka);
            result("couchdb " + lab.couchUrl());

            step("The sample, recorded from a real OpenWhisk, goes into it as if it happened now");
            run("replay", sample.toString(), "--to", kafka, "--speed", "max", "--rebase", "now");
            storeDocuments(lab);
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
            step("What do the two sources know?");
            run("analyze", first.toString(), "reconciliation");
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

    private void requireSample() {
        if (!Files.isDirectory(sample)) {
            throw new WhisktapeException("cannot show anything without the sample recording " + sample
                    + ", which is not there; it is part of the source tree and of the release archive");
        }
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

    private void storeDocuments(Lab lab) {
        if (!stopped) {
            long stored = SampleDocuments.copy(Recording.open(sample), Instant.now(), lab.couch(), Lab.DATABASE);
            result(String.format(Locale.ROOT, "stored %,d documents in the database", stored));
        }
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
        type(
                "analyze",
                first.toString(),
                "--sql",
                "SELECT action, count(*) AS calls, sum(wait_ms), sum(init_ms), sum(run_ms) FROM invocations"
                        + " WHERE in_base_set GROUP BY action ORDER BY sum(wait_ms) DESC");
        type("lab");
    }
}
