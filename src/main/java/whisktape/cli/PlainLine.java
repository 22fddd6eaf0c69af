package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import whisktape.recording.Recording;

/**
 * A command line so plain that it needs no parser. To build picocli's model of one verb takes longer than all that these do, and these are
 * what scripts and people who look around type. Whatever is not exactly one of them is for picocli, which knows them too and
 * does the same.
 *
 *
 * @param kind which of them
 * @param folder of the recording; null where there is none
 * @param sql what is asked of it; null where nothing is
 */
record PlainLine(Kind kind, String folder, String sql) {
    private enum Kind {
        VERSION,
        INFO,
        INFO_AS_JSON,
        ANALYZE
    }

    static Optional<PlainLine> of(String... args) {
        if (args.length == 1 && args[0].equals("--version")) {
            return Optional.of(new PlainLine(Kind.VERSION, null, null));
        }
        if (args.length == 2 && args[0].equals("info") && isFolder(args[1])) {
            return Optional.of(new PlainLine(Kind.INFO, args[1], null));
        }
        if (args.length == 3 && args[0].equals("info") && isFolder(args[1]) && args[2].equals("--json")) {
            return Optional.of(new PlainLine(Kind.INFO_AS_JSON, args[1], null));
        }
        if (args.length == 3 && args[0].equals("info") && args[1].equals("--json") && isFolder(args[2])) {
            return Optional.of(new PlainLine(Kind.INFO_AS_JSON, args[2], null));
        }
        if (args.length == 4
                && args[0].equals("analyze")
                && isRecording(args[1])
                && args[2].equals("--sql")
                && isValue(args[3])) {
            return Optional.of(new PlainLine(Kind.ANALYZE, args[1], args[3]));
        }
        if (args.length == 4
                && args[0].equals("analyze")
                && args[1].equals("--sql")
                && isValue(args[2])
                && isRecording(args[3])) {
            return Optional.of(new PlainLine(Kind.ANALYZE, args[3], args[2]));
        }
        return Optional.empty();
    }

    /** Its verb, as errors begin. */
    String name() {
        return switch (kind) {
            case VERSION -> "whisktape";
            case INFO, INFO_AS_JSON -> "whisktape info";
            case ANALYZE -> "whisktape analyze";
        };
    }

    void run(PrintWriter out) {
        switch (kind) {
            case VERSION -> VersionProvider.print(out);
            case INFO -> InfoCommand.print(Path.of(folder), false, out);
            case INFO_AS_JSON -> InfoCommand.print(Path.of(folder), true, out);
            case ANALYZE -> AnalyzeCommand.ask(Path.of(folder), sql, out);
        }
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
