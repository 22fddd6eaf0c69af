package whisktape.cli;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** A port on which a verb is to listen. */
final class Port {
    private static final int LAST = 65535;

    private Port() {}

    /** Refuses what is none. */
    static void require(CommandSpec spec, String option, int port) {
        if (port < 0 || port > LAST) {
            throw new ParameterException(
                    spec.commandLine(), option + " got " + port + "; it takes 1 to " + LAST + ", or 0 for a free port");
        }
    }
}
