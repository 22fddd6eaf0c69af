package whisktape.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import whisktape.WhisktapeException;
import whisktape.recording.ZstdLibrary;
import whisktape.replay.Speed;

/** Runs one verb: parses the arguments, calls it, turns what goes wrong into a sentence and an exit code. */
public final class Main {
    private static final int WRONG_USAGE = 2;
    private static final int USAGE_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        // Numbers look the same everywhere; results are for scripts too.
        Locale.setDefault(Locale.ROOT);
        LoggingSettings.useWhenAnythingIsLogged();
        ZstdLibrary.useThatBesideTheJar();
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(out, err, args));
    }

    /** Runs the verb in {@code args} and returns the exit code; what the verb prints goes to these two. */
    public static int run(PrintWriter out, PrintWriter err, String... args) {
        int exitCode = 1;
        try {
            exitCode = execute(out, err, args);
        } catch (OutOfMemoryError e) {
            err.println("whisktape: the Java heap of " + (Runtime.getRuntime().maxMemory() >> 20)
                    + " MiB is full; give it more, for example by WHISKTAPE_JAVA_OPTS=-Xmx1g");
        } finally {
            Interruption.verbEnded(exitCode);
        }
        return exitCode;
    }

    /** The same for a verb that another one runs. */
    static int execute(PrintWriter out, PrintWriter err, String... args) {
        Optional<PlainLine> plain = PlainLine.of(args);
        int exitCode = plain.isPresent() ? run(plain.get(), out, err) : parse(out, err, args);
        out.flush();
        err.flush();
        return exitCode;
    }

    private static int run(PlainLine line, PrintWriter out, PrintWriter err) {
        try {
            line.run(out);
            return 0;
        } catch (RuntimeException e) {
            return failed(e, line.name() + ": ", false, err);
        }
    }

    /** Has picocli understand the line and run it. */
    static int parse(PrintWriter out, PrintWriter err, String... args) {
        CommandLine commandLine = commandLine(Verb.neededFor(args));
        commandLine.setOut(out);
        commandLine.setErr(err);
        return commandLine.execute(args);
    }

    /** The whole command model, from which help, completions and man pages are made too. */
    static CommandLine commandLine() {
        return commandLine(List.of(Verb.values()));
    }

    private static CommandLine commandLine(List<Verb> verbs) {
        CommandLine root = new CommandLine(new RootCommand());
        verbs.forEach(verb -> root.addSubcommand(verb.command()));
        return root.setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new PlaceConverter())
                .registerConverter(java.time.Duration.class, Values::duration)
                .registerConverter(TimeOption.class, TimeOption::parse)
                .registerConverter(Speed.class, Values::speed)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpWidth(USAGE_WIDTH)
                .setParameterExceptionHandler(Main::wrongUsage)
                .setExecutionExceptionHandler((e, command, parsed) -> failed(e, command));
    }

    private static int wrongUsage(ParameterException e, String[] args) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(prefix(command) + withoutUserInfo(e.getMessage()));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("See " + command.getCommandSpec().qualifiedName() + " --help");
        return WRONG_USAGE;
    }

    private static int failed(Exception e, CommandLine command) {
        RootCommand root =
                command.getCommandSpec().root().userObject() instanceof RootCommand r ? r : new RootCommand();
        return failed(e, prefix(command), root.debug, command.getErr());
    }

    private static int failed(Exception e, String prefix, boolean isDebug, PrintWriter err) {
        if (e instanceof WhisktapeException expected) {
            err.println(prefix + shown(expected.getMessage()));
            printTrace(e, isDebug, err);
            return expected.kind().exitCode();
        }
        err.println(prefix + "a mistake in whisktape itself: " + shown(e.toString())
                + (isDebug ? "" : "; --debug shows where, please report it"));
        printTrace(e, isDebug, err);
        return 1;
    }

    private static void printTrace(Exception e, boolean isDebug, PrintWriter err) {
        if (isDebug) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            trace.toString().lines().map(Main::withoutUserInfo).forEach(err::println);
        }
    }

    /** An error quotes what stands in the wrong place, and that may be a URL with a password, which may have an @ itself. */
    private static String withoutUserInfo(String text) {
        return text.replaceAll("(?is)(https?:/+).*@", "$1...@");
    }

    /** An error quotes recordings too, and what is in them must not steer the terminal. */
    private static String shown(String message) {
        return withoutUserInfo(message).lines().map(Cells::onOneLine).collect(Collectors.joining("\n"));
    }

    private static String prefix(CommandLine command) {
        return command.getCommandSpec().qualifiedName() + ": ";
    }
}
