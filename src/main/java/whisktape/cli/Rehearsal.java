package whisktape.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;

/**
 * Called by the build: runs what a JVM that has just started does, so that it writes down the classes that this takes. The launcher has the
 * JVM make its archive of them.
 */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes the folder of a recording. */
    public static void main(String[] args) {
        String recording = args[0];
        List<List<String>> lines = List.of(
                List.of("--version"),
                List.of("--help"),
                List.of("info", recording),
                List.of("info", recording, "--json"),
                List.of("info", "-q", recording),
                List.of("analyze", recording, "--sql", "SELECT count(*) FROM invocations"),
                List.of("analyze", recording),
                List.of("verify", recording));
        LoggingSettings.useWhenAnythingIsLogged();
        for (List<String> line : lines) {
            StringWriter errors = new StringWriter();
            int exitCode = Main.run(
                    new PrintWriter(OutputStream.nullOutputStream()),
                    new PrintWriter(errors),
                    line.toArray(String[]::new));
            if (exitCode != 0) {
                throw new IllegalStateException("whisktape " + String.join(" ", line) + ": " + errors);
            }
        }
    }
}
