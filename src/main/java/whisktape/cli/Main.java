package whisktape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.logging.LogManager;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import whisktape.WhisktapeException;
import whisktape.replay.Speed;

/** Runs one verb: parses the arguments, calls it, turns what goes wrong into a sentence and an exit code. */
public final class Main {
    private static final int WRONG_USAGE = 2;
    private static final int USAGE_WIDTH = 100;

    private Main() {}

    public static void main(String[] args) {
        // Numbers look the same everywhere; results are for scripts too.
        Locale.setDefault(Locale.ROOT);
        configureLogging();
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
        CommandLine commandLine = commandLine();
        commandLine.setOut(out);
        commandLine.setErr(err);
        int exitCode = commandLine.execute(args);
        out.flush();
        err.flush();
        return exitCode;
    }

    /** The whole command model, from which help, completions and man pages are made too. */
    static CommandLine commandLine() {
        return new CommandLine(new RootCommand())
                .setUsageHelpWidth(USAGE_WIDTH)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new PlaceConverter())
                .registerConverter(java.time.Duration.class, Values::duration)
                .registerConverter(TimeOption.class, TimeOption::parse)
                .registerConverter(Speed.class, Values::speed)
                .setUsageHelpAutoWidth(true)
                .setUsageHelpWidth(100)
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
        PrintWriter err = command.getErr();
        if (e instanceof WhisktapeException expected) {
            err.println(prefix(command) + shown(expected.getMessage()));
            printTrace(e, root, err);
            return expected.kind().exitCode();
        }
        err.println(prefix(command) + "a mistake in whisktape itself: " + shown(e.toString())
                + (root.debug ? "" : "; --debug shows where, please report it"));
        printTrace(e, root, err);
        return 1;
    }

    private static void printTrace(Exception e, RootCommand root, PrintWriter err) {
        if (root.debug) {
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

    /** Libraries speak through java.util.logging at WARNING; parquet-java is many times slower where DEBUG is on. */
    private static void configureLogging() {
        try (InputStream settings = Main.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
