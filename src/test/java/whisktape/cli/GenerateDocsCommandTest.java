package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

final class GenerateDocsCommandTest {
    @TempDir
    static Path folder;

    @BeforeAll
    static void generate() {
        assertThat(CommandRun.of("generate-docs", folder.toString())).isEqualTo(new CommandRun(0, "", ""));
    }

    @Test
    void everyVerbButThisOneHasAManPage() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("man/man1"))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .contains("whisktape.1", "whisktape-record.1", "whisktape-analyze.1")
                    .doesNotContain("whisktape-generate-docs.1")
                    .hasSize((int) verbs().count() + 1);
        }
    }

    @Test
    void aManPageHasWhatTheHelpHas() throws IOException {
        assertThat(Files.readString(folder.resolve("man/man1/whisktape-info.1")))
                .contains("whisktape\\-info \\- Says what is in a recording")
                .contains(".SH SYNOPSIS\nwhisktape info [\\-hqvV] [\\-\\-debug] [\\-\\-json] REC\n")
                .contains(".TP\n.B \\-\\-json\nPrint one JSON object.\n")
                .contains(".TP\n.B \\-q, \\-\\-quiet\n")
                .contains(".SH EXAMPLE\n.nf\n  whisktape info recordings/sample\n")
                .contains("\nExit codes: 0 done");
    }

    @Test
    void fishKnowsVerbsOptionsAndTheirValues() throws IOException {
        String fish = Files.readString(folder.resolve("completions/whisktape.fish"));

        assertThat(verbs())
                .allSatisfy(verb -> assertThat(fish)
                        .contains("complete -c whisktape -n '__fish_use_subcommand' -f -a " + verb + " -d '"));
        assertThat(fish)
                .contains("complete -c whisktape -n '__fish_seen_subcommand_from analyze' -l format -r -f -a"
                        + " 'table csv json markdown' -d 'One of table,")
                .contains(
                        "complete -c whisktape -n '__fish_seen_subcommand_from record' -l kafka -r -d 'Kafka\\'s host")
                .doesNotContain("generate-docs");
    }

    @Test
    void bashAndZshKnowTheSame() throws IOException {
        String bash = Files.readString(folder.resolve("completions/whisktape.bash"));
        String zsh = Files.readString(folder.resolve("completions/_whisktape"));

        assertThat(verbs()).allSatisfy(verb -> assertThat(bash).contains(verb));
        assertThat(bash).contains("\"table\" \"csv\" \"json\" \"markdown\"").doesNotContain("generate-docs");
        assertThat(zsh).startsWith("#compdef whisktape\n").contains(bash.strip());
    }

    @Test
    void aLineThatBeginsLikeARequestToRoffIsText() {
        @Command(name = "dots", description = ".so it begins", footer = "'quoted \\ back")
        final class Dots {
            @Option(names = "--per-cent", description = "100 %% of it")
            private int perCent;
        }

        assertThat(new ManPage(new CommandLine(new Dots())).roff())
                .contains("\n\\&.so it begins\n")
                .contains("\n\\&'quoted \\e back\n")
                .contains("\n100 % of it\n");
    }

    private static Stream<String> verbs() {
        return Main.commandLine().getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey);
    }
}
