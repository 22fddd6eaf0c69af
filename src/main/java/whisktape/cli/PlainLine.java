package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import whisktape.recording.Recording;

/**
 * A command line so plain that it needs no parser. To build picocli's model of one verb takes longer than all that these do, and these are
 * what scripts and people who look around type. Whatever is not exactly one of them is for picocli, which knows them too and
 * does the same.
 *
 * @param name of what runs, as errors begin
 * @param verb what runs; it prints there
 */
record PlainLine(String name, Consumer<PrintWriter> verb) {

    static Optional<PlainLine> of(String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            return Optional.of(new PlainLine("whisktape", VersionProvider::print));
        }
        if (args.length == 2 && args[0].equals("info") && isFolder(args[1])) {
            return Optional.of(info(args[1], false));
        }
        if (args.length == 3 && args[0].equals("info") && isFolder(args[1]) && args[2].equals("--json")) {
            return Optional.of(info(args[1], true));
        }
        if (args.length == 3 && args[0].equals("info") && args[1].equals("--json") && isFolder(args[2])) {
            return Optional.of(info(args[2], true));
        }
        if (args.length == 4
                && args[0].equals("analyze")
                && isRecording(args[1])
                && args[2].equals("--sql")
                && isValue(args[3])) {
            return Optional.of(analyze(args[1], args[3]));
        }
        if (args.length == 4
                && args[0].equals("analyze")
                && args[1].equals("--sql")
                && isValue(args[2])
                && isRecording(args[3])) {
            return Optional.of(analyze(args[3], args[2]));
        }
        return Optional.empty();
    }

    private static PlainLine info(String folder, boolean isJson) {
        return new PlainLine("whisktape info", out -> InfoCommand.print(Path.of(folder), isJson, out));
    }

    private static PlainLine analyze(String folder, String sql) {
        return new PlainLine("whisktape analyze", out -> AnalyzeCommand.ask(Path.of(folder), sql, out));
    }

    /** A folder of several recordings takes another way, and so does a process of Spark's. */
    private static boolean isRecording(String arg) {
        return isFolder(arg) && !SparkSubmit.isHere() && Recording.isIn(Path.of(arg));
    }

    /** A URI has a colon; what else has one is no less a folder, but not so plain. */
    private static boolean isFolder(String arg) {
        return isValue(arg) && arg.indexOf(':') < 0;
    }

    /** Nothing that picocli would take for something else: an option, a file of arguments, nothing. */
    private static boolean isValue(String arg) {
        return !arg.isEmpty() && arg.charAt(0) != '-' && arg.charAt(0) != '@';
    }
}
