package whisktape.cli;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import whisktape.lab.Demo;

/** {@code whisktape demo}: what whisktape does, shown. */
@Command(
        name = "demo",
        description =
                "Shows the whole way: a simulated workload in a broker and a database of its own, record, verify, analyze,"
                        + " replay, compare.",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape demo",
            "",
            "Needs nothing installed and no network, takes well under a minute.",
            "Exit codes: 0 both recordings are the same, 1 failed, 2 wrong usage or refused, 130 interrupted."
        })
final class DemoCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HHmmss'Z-demo'").withZone(ZoneOffset.UTC);

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "DIR",
            description = "Where the recordings go; a new folder. Default: recordings/TIME-demo.")
    private Path folder;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the simulated workload; the same makes the same calls. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Override
    public Integer call() {
        Path target = folder != null ? folder : Path.of("recordings", NAME.format(Instant.now()));
        Demo demo = new Demo(this::run, spec.commandLine().getOut(), target, seed);
        Interruption.stopsWith(demo::stop);
        return demo.run() ? 0 : INTERRUPTED;
    }

    /** Runs another verb; what it says beside its result is of interest only where it fails. */
    private int run(PrintWriter out, List<String> args) {
        StringWriter said = new StringWriter();
        int exitCode = Main.execute(out, new PrintWriter(said), args.toArray(String[]::new));
        if (exitCode != 0) {
            spec.commandLine().getErr().print(said);
        }
        return exitCode;
    }
}
