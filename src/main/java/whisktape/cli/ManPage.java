package whisktape.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import whisktape.Version;

/** The man page of one command, in roff. */
final class ManPage {
    private static final int ONE_LINE = 4096;

    private final CommandLine command;
    private final CommandSpec spec;
    private final UsageMessageSpec usage;
    private final StringBuilder page = new StringBuilder();

    ManPage(CommandLine command) {
        this.command = command;
        this.spec = command.getCommandSpec();
        this.usage = spec.usageMessage();
    }

    /** {@code whisktape-record}, as git's pages are named. */
    String name() {
        return spec.qualifiedName("-");
    }

    String roff() {
        String title = name().toUpperCase(Locale.ROOT);
        page.append(".TH \"%s\" 1 \"\" \"whisktape %s\" \"whisktape\"\n".formatted(escaped(title), Version.TOOL));
        List<String> description = lines(usage.description());
        section("NAME");
        text(name() + " - " + (description.isEmpty() ? "" : description.get(0)));
        section("SYNOPSIS");
        text(synopsis());
        section("DESCRIPTION");
        description.stream().limit(1).forEach(this::text);
        description.stream().skip(1).forEach(this::paragraph);
        arguments();
        verbs();
        footer();
        return page.toString();
    }

    /** A command's text without colours and format codes; those of options and parameters come without the latter. */
    static String formatted(String text) {
        return plain(text.formatted());
    }

    /** The text without colours, on one line. */
    static String plain(String text) {
        return Help.Ansi.OFF.string(text).replaceAll("\\R", " ").strip();
    }

    private String synopsis() {
        usage.width(ONE_LINE);
        usage.autoWidth(false);
        return plain(command.getHelp().synopsis(0));
    }

    private void arguments() {
        section("OPTIONS");
        for (PositionalParamSpec parameter : spec.positionalParameters()) {
            argument(parameter.paramLabel(), parameter);
        }
        for (OptionSpec option : spec.options()) {
            String value = command.getHelp()
                    .createDefaultParamLabelRenderer()
                    .renderParameterLabel(option, Help.Ansi.OFF, List.of())
                    .toString();
            argument(String.join(", ", option.names()) + value, option);
        }
    }

    private void argument(String heading, ArgSpec argument) {
        if (!argument.hidden()) {
            page.append(".TP\n.B ").append(escaped(heading)).append('\n');
            for (String line : argument.description()) {
                text(plain(line));
            }
        }
    }

    private void verbs() {
        if (spec.subcommands().isEmpty()) {
            return;
        }
        section("VERBS");
        spec.subcommands().forEach((name, verb) -> {
            if (!verb.getCommandSpec().usageMessage().hidden()) {
                page.append(".TP\n.B ").append(escaped(name)).append('\n');
                lines(verb.getCommandSpec().usageMessage().description()).stream()
                        .findFirst()
                        .ifPresent(this::text);
            }
        });
    }

    /** Example and exit codes, line by line as the help shows them. */
    private void footer() {
        String heading = formatted(usage.footerHeading());
        section(heading.isEmpty() ? "NOTES" : heading.replace(":", "").toUpperCase(Locale.ROOT));
        page.append(".nf\n");
        for (String line : usage.footer()) {
            page.append(protectedLine(Help.Ansi.OFF.string(line.formatted()))).append('\n');
        }
        page.append(".fi\n");
    }

    private void section(String title) {
        page.append(".SH ").append(escaped(title)).append('\n');
    }

    private void paragraph(String text) {
        page.append(".PP\n");
        text(text);
    }

    private void text(String text) {
        page.append(protectedLine(text)).append('\n');
    }

    private static List<String> lines(String[] description) {
        List<String> lines = new ArrayList<>();
        for (String line : description) {
            lines.add(formatted(line));
        }
        return lines;
    }

    /** A full stop or an apostrophe that begins a line would be a request to roff. */
    private static String protectedLine(String text) {
        String escaped = escaped(text);
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
