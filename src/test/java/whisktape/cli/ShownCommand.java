package whisktape.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A call of whisktape that a document shows.
 *
 * @param line what stands behind {@code whisktape}
 * @param output the lines shown below it; none where the document shows only the command
 */
record ShownCommand(String line, List<String> output) {
    private static final Pattern FENCE = Pattern.compile("```.*");
    private static final Pattern INDENTED = Pattern.compile(" {4}(.*)|()");
    private static final Pattern CALL = Pattern.compile("(?s)\\s*(?:\\$ )?(?:[A-Z_]+=\\S+ )*(?:\\./)?whisktape (.*)");

    /** Says how a call is made, and is none. */
    private static final Pattern SYNOPSIS = Pattern.compile("[…\\[]");

    /** All calls in the code of a Markdown document, fenced or indented. */
    static List<ShownCommand> in(String document) {
        List<ShownCommand> commands = new ArrayList<>();
        for (List<String> block : blocks(document)) {
            addFrom(block, commands);
        }
        return commands;
    }

    /** All calls in the lines of one block of code. */
    static List<ShownCommand> inBlock(List<String> block) {
        List<ShownCommand> commands = new ArrayList<>();
        addFrom(block, commands);
        return commands;
    }

    private static List<List<String>> blocks(String document) {
        List<List<String>> blocks = new ArrayList<>();
        List<String> block = new ArrayList<>();
        boolean isFenced = false;
        for (String line : document.lines().toList()) {
            Matcher indented = INDENTED.matcher(line);
            if (FENCE.matcher(line).matches()) {
                isFenced = !isFenced;
            } else if (isFenced) {
                block.add(line);
                continue;
            } else if (indented.matches()) {
                block.add(indented.group(1) == null ? "" : indented.group(1));
                continue;
            }
            blocks.add(block);
            block = new ArrayList<>();
        }
        blocks.add(block);
        return blocks;
    }

    private static void addFrom(List<String> block, List<ShownCommand> commands) {
        int at = 0;
        while (at < block.size()) {
            StringBuilder text = new StringBuilder(block.get(at++));
            if (!CALL.matcher(text).matches()) {
                continue;
            }
            while (goesOn(text) && at < block.size()) {
                if (text.charAt(text.length() - 1) == '\\') {
                    text.setLength(text.length() - 1);
                }
                text.append('\n').append(block.get(at++));
            }
            Matcher call = CALL.matcher(text);
            List<String> output = new ArrayList<>();
            while (at < block.size()
                    && !block.get(at).startsWith("$ ")
                    && !block.get(at).isEmpty()) {
                output.add(block.get(at++));
            }
            if (call.matches() && !SYNOPSIS.matcher(call.group(1)).find()) {
                commands.add(new ShownCommand(call.group(1).strip(), output));
            }
        }
    }

    private static boolean goesOn(CharSequence text) {
        long quotes = text.chars().filter(c -> c == '"').count();
        return quotes % 2 == 1 || text.charAt(text.length() - 1) == '\\';
    }
}
