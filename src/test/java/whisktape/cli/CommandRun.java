package whisktape.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/**
 * A verb as its user sees it, run in this process.
 *
 * @param exitCode what the process would return
 * @param out standard output
 * @param err standard error
 */
public record CommandRun(int exitCode, String out, String err) {
    public static CommandRun of(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = Main.run(new PrintWriter(out), new PrintWriter(err), args);
        return new CommandRun(exitCode, out.toString(), err.toString());
    }
}
