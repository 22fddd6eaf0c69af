package whisktape.cli;

import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** Completion for fish: its verbs, their options, and the values of those that take one of a few. */
final class FishCompletion {
    private final String name;
    private final StringBuilder script = new StringBuilder();

    private FishCompletion(String name) {
        this.name = name;
    }

    static String of(CommandLine root) {
        FishCompletion completion = new FishCompletion(root.getCommandName());
        completion.add(root);
        return completion.script.toString();
    }

    private void add(CommandLine root) {
        script.append("# fish completion for ").append(name).append(", made from its help.\n");
        for (Map.Entry<String, CommandLine> entry : root.getSubcommands().entrySet()) {
            CommandLine verb = entry.getValue();
            if (verb.getCommandSpec().usageMessage().hidden()) {
                continue;
            }
            line(
                    "__fish_use_subcommand",
                    "-f -a " + entry.getKey(),
                    Stream.of(verb.getCommandSpec().usageMessage().description())
                            .map(ManPage::formatted));
            addOptions("__fish_seen_subcommand_from " + entry.getKey(), verb);
        }
        addOptions("__fish_use_subcommand", root);
    }

    private void addOptions(String condition, CommandLine command) {
        for (OptionSpec option : command.getCommandSpec().options()) {
            if (option.hidden()) {
                continue;
            }
            StringBuilder arguments = new StringBuilder();
            for (String optionName : option.names()) {
                arguments.append(optionName.startsWith("--") ? "-l " : optionName.length() == 2 ? "-s " : "-o ");
                arguments.append(optionName.replaceFirst("^-+", "")).append(' ');
            }
            if (option.arity().max() > 0) {
                arguments.append("-r ");
            }
            if (option.completionCandidates() != null) {
                arguments.append("-f -a ").append(quoted(String.join(" ", option.completionCandidates())));
            }
            line(
                    condition,
                    arguments.toString().strip(),
                    Stream.of(option.description()).map(ManPage::plain));
        }
    }

    private void line(String condition, String arguments, Stream<String> description) {
        script.append("complete -c ").append(name);
        script.append(" -n ").append(quoted(condition)).append(' ').append(arguments);
        description.findFirst().ifPresent(text -> script.append(" -d ").append(quoted(text)));
        script.append('\n');
    }

    /** Within single quotes fish knows only these two as special. */
    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
