package whisktape.cli;

import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code whisktape} without a verb, and the options that every verb takes. */
@Command(
        name = "whisktape",
        description = "Records what Apache OpenWhisk says about itself, finds the bottleneck, replays the recording.",
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "VERB",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape demo",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 known loss or damage,",
            "10 a gate was crossed, 130 interrupted."
        })
final class RootCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(names = "--debug", description = "Show where an error came from.", scope = ScopeType.INHERIT)
    boolean debug;

    @Option(
            names = {"-q", "--quiet"},
            description = "No progress, only the result.",
            scope = ScopeType.INHERIT)
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show what the libraries log.",
            scope = ScopeType.INHERIT)
    void verbose(boolean verbose) {
        Logger.getLogger("").setLevel(verbose ? Level.INFO : Level.WARNING);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name a verb; whisktape --help lists them");
    }

    /** The root of any verb's model. */
    static RootCommand of(CommandSpec spec) {
        CommandLine root = spec.root().commandLine();
        return root.getCommand();
    }
}
