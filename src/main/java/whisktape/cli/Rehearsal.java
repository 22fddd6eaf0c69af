package whisktape.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import whisktape.recording.ScratchFolder;
import whisktape.recording.ZstdLibrary;

/**
 * Called by the build: runs what a JVM that has just started does, so that it writes down the classes that this takes. The launcher has the
 * JVM make its archive of them.
 *
 * <p>What records and replays loads most: three thousand classes, which take a second of every run otherwise. The Kafka for that is a lab
 * in another process, whose own classes nobody wants.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes the folder of a recording. */
    public static void main(String[] args) throws IOException, InterruptedException {
        String recording = args[0];
        LoggingSettings.useWhenAnythingIsLogged();
        ZstdLibrary.useThatBesideTheJar();
        run("--version");
        run("--help");
        run("info", recording);
        run("info", recording, "--json");
        run("info", "-q", recording);
        run("analyze", recording, "--sql", "SELECT count(*) FROM invocations");
        run("analyze", recording);
        run("verify", recording);
        Process lab = startLab();
        Path made = Files.createTempDirectory("whisktape-rehearsal-");
        try {
            String kafka = addressOf(lab);
            run("replay", "-q", recording, "--to", kafka, "--topic", "rehearsed", "--speed", "max");
            String again = made.resolve("recording").toString();
            run(
                    "record",
                    "-q",
                    "--kafka",
                    kafka,
                    "--topic",
                    "rehearsed",
                    "--from",
                    "earliest",
                    "--until-idle",
                    "1s",
                    "-o",
                    again);
        } finally {
            lab.destroy();
            lab.waitFor();
            ScratchFolder.delete(made);
        }
    }

    private static void run(String... line) {
        StringWriter errors = new StringWriter();
        int exitCode = Main.run(new PrintWriter(OutputStream.nullOutputStream()), new PrintWriter(errors), line);
        if (exitCode != 0) {
            throw new IllegalStateException("whisktape " + String.join(" ", line) + ": " + errors);
        }
    }

    private static Process startLab() throws IOException {
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        return new ProcessBuilder(
                        java.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "lab",
                        "-q",
                        "--kafka-port",
                        "0",
                        "--couchdb-port",
                        "0",
                        "--metrics-port",
                        "0")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static String addressOf(Process lab) throws IOException {
        String ready =
                new BufferedReader(new InputStreamReader(lab.getInputStream(), StandardCharsets.UTF_8)).readLine();
        if (ready == null || !ready.startsWith("kafka ")) {
            throw new IllegalStateException("the lab did not start: " + ready);
        }
        return ready.substring("kafka ".length());
    }
}
