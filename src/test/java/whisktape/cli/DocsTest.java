package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import whisktape.analysis.QueryFile;

/** What the documents and the help texts say is so. */
final class DocsTest {
    private static final Pattern LINK = Pattern.compile("]\\((?!https?:|#)([^)#]+)");
    private static final Pattern FILE_NAME =
            Pattern.compile("`((?:src|docs|queries|notebooks|recordings/sample)/[\\w./-]*|pom\\.xml|[A-Z]+\\.md)`");
    private static final Pattern HEAD = Pattern.compile("(?s)(.*) \\| head -n (\\d+)");

    /** Verbs that only read, so that what a document shows of them can be compared. */
    private static final List<String> SHOWN = List.of("info", "verify", "analyze");

    static Stream<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of(".", "docs")) {
            try (Stream<Path> files = Files.list(Path.of(folder))) {
                files.filter(file -> file.toString().endsWith(".md"))
                        .map(Path::normalize)
                        .sorted()
                        .forEach(documents::add);
            }
        }
        return documents.stream();
    }

    static Stream<CommandSpec> verbs() {
        return Main.commandLine().getSubcommands().values().stream()
                .map(CommandLine::getCommandSpec)
                .filter(spec -> !spec.usageMessage().hidden());
    }

    static Stream<String> queries() {
        return QueryFile.list(Path.of("queries")).stream().map(QueryFile::name);
    }

    @ParameterizedTest
    @MethodSource("documents")
    void filesThatAreNamedExist(Path document) throws IOException {
        String text = Files.readString(document);
        Path folder = document.toAbsolutePath().getParent();

        assertThat(found(LINK, text))
                .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
        assertThat(found(FILE_NAME, text))
                .allSatisfy(name -> assertThat(Path.of(name)).exists());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsAreUnderstood(Path document) throws IOException {
        ShownCommand.in(Files.readString(document)).forEach(DocsTest::assertUnderstood);
    }

    /** A document may show the first lines only. */
    @ParameterizedTest
    @MethodSource("documents")
    void outputIsWhatTheCommandsPrint(Path document) throws IOException {
        for (ShownCommand command : ShownCommand.in(Files.readString(document))) {
            if (SHOWN.contains(ShellWords.of(command.line()).get(0))
                    && !command.output().isEmpty()) {
                assertThat(printed(command.line()))
                        .as("%s: %s", document, command.line())
                        .startsWith(command.output().toArray(String[]::new));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryIsDescribed(String query) throws IOException {
        assertThat(Files.readString(Path.of("docs/queries.md"))).contains("### `" + query + "`\n");
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void helpSaysWhatItDoesHowAndWithWhichExitCodes(CommandSpec verb) {
        String[] description = verb.usageMessage().description();
        String footer = String.join("\n", verb.usageMessage().footer());

        assertThat(description[0]).as("first sentence of %s", verb.name()).matches("[A-Z].*[.]");
        assertThat(verb.usageMessage().footerHeading()).isEqualTo("%nExample:%n");
        assertThat(footer).contains("\nExit codes: 0 ");
        assertThat(ShownCommand.inBlock(footer.lines().toList()))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example.line() + " ").startsWith(verb.name() + " "))
                .allSatisfy(DocsTest::assertUnderstood);
    }

    @Test
    void theHelpOfTheWholeToolBeginsWithAnExample() {
        String footer = String.join(
                "\n", Main.commandLine().getCommandSpec().usageMessage().footer());

        assertThat(ShownCommand.inBlock(footer.lines().toList())).isNotEmpty().allSatisfy(DocsTest::assertUnderstood);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbIsNamedAsItsClass(CommandSpec verb) {
        String name = verb.userObject().getClass().getSimpleName();

        assertThat(name.replace("Command", "").toLowerCase(Locale.ROOT))
                .isEqualTo(verb.name().replace("-", ""));
    }

    private static void assertUnderstood(ShownCommand command) {
        try {
            Main.commandLine().parseArgs(ShellWords.of(command.line()).toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new AssertionError("whisktape " + command.line() + ": " + e.getMessage(), e);
        }
    }

    private static List<String> printed(String line) {
        Matcher head = HEAD.matcher(line);
        boolean isCut = head.matches();
        CommandRun run = CommandRun.of(ShellWords.of(line).toArray(String[]::new));
        return run.out()
                .lines()
                .limit(isCut ? Long.parseLong(head.group(2)) : Long.MAX_VALUE)
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
