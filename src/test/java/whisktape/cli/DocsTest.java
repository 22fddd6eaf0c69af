package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```");
    private static final Pattern COMMAND = Pattern.compile("(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./)?whisktape (.*)");

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
        for (String command : commands(Files.readString(document))) {
            assertUnderstood(command);
        }
    }

    @ParameterizedTest
    @MethodSource("documents")
    void outputIsWhatTheCommandsPrint(Path document) throws IOException {
        Matcher blocks = BLOCK.matcher(Files.readString(document));
        while (blocks.find()) {
            if (blocks.group(1).equals("console")) {
                assertPrinted(blocks.group(2));
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
        assertThat(footer).contains("\n\nExit codes: 0 ");
        assertThat(commands("```\n" + footer + "\n```"))
                .isNotEmpty()
                .allSatisfy(example -> assertThat(example).startsWith(verb.name() + " "))
                .allSatisfy(DocsTest::assertUnderstood);
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void aVerbIsNamedAsItsClass(CommandSpec verb) {
        String name = verb.userObject().getClass().getSimpleName();

        assertThat(name.replace("Command", "").toLowerCase(java.util.Locale.ROOT))
                .isEqualTo(verb.name().replace("-", ""));
    }

    /** Every line of a code block that calls whisktape, from the verb on. */
    private static List<String> commands(String document) {
        List<String> commands = new ArrayList<>();
        Matcher blocks = BLOCK.matcher(document);
        while (blocks.find()) {
            for (String line : blocks.group(2).replace("\\\n", " ").lines().toList()) {
                Matcher command = COMMAND.matcher(line.strip());
                if (command.matches()) {
                    commands.add(command.group(1));
                }
            }
        }
        return commands;
    }

    private static void assertUnderstood(String command) {
        try {
            Main.commandLine().parseArgs(ShellWords.of(command).toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw new AssertionError("whisktape " + command + ": " + e.getMessage(), e);
        }
    }

    private static void assertPrinted(String block) {
        String[] parts = block.split("(?m)^\\$ ", -1);
        for (String part : parts) {
            String command = part.lines().findFirst().orElse("");
            Matcher matcher = COMMAND.matcher(command);
            if (matcher.matches()
                    && SHOWN.contains(ShellWords.of(matcher.group(1)).get(0))) {
                String shown = part.substring(Math.min(part.length(), command.length() + 1));
                assertThat(printed(matcher.group(1))).as(command).isEqualTo(shown);
            }
        }
    }

    private static String printed(String command) {
        Matcher head = Pattern.compile("(.*) \\| head -n (\\d+)").matcher(command);
        boolean isCut = head.matches();
        CommandRun run =
                CommandRun.of(ShellWords.of(isCut ? head.group(1) : command).toArray(String[]::new));
        Stream<String> lines = run.out().lines();
        return (isCut ? lines.limit(Long.parseLong(head.group(2))) : lines)
                .map(line -> line + "\n")
                .reduce("", String::concat);
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(result -> result.group(1)).toList();
    }
}
