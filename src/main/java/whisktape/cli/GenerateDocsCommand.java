package whisktape.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;

/** Called by the build: what shells and {@code man} need to know, from the same model that parses the arguments. */
@Command(name = "generate-docs", description = "Writes shell completions and man pages.", hidden = true)
final class GenerateDocsCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "Where to; completions/ and man/man1/ are made in it.")
    private Path folder;

    @Override
    public void run() {
        CommandLine root = spec.root().commandLine();
        try {
            writeCompletions(root, folder.resolve("completions"));
            writeManPages(root, folder.resolve("man").resolve("man1"));
        } catch (IOException e) {
            throw new WhisktapeException("cannot write into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void writeCompletions(CommandLine root, Path folder) throws IOException {
        Files.createDirectories(folder);
        String name = root.getCommandName();
        String bash = AutoComplete.bash(name, root);
        Files.writeString(folder.resolve(name + ".bash"), bash);
        Files.writeString(folder.resolve("_" + name), ZshCompletion.of(name, bash));
        Files.writeString(folder.resolve(name + ".fish"), FishCompletion.of(root));
    }

    private static void writeManPages(CommandLine root, Path folder) throws IOException {
        Files.createDirectories(folder);
        write(folder, root);
        for (CommandLine verb : root.getSubcommands().values()) {
            if (!verb.getCommandSpec().usageMessage().hidden()) {
                write(folder, verb);
            }
        }
    }

    private static void write(Path folder, CommandLine command) throws IOException {
        ManPage page = new ManPage(command);
        Files.writeString(folder.resolve(page.name() + ".1"), page.roff());
    }
}
