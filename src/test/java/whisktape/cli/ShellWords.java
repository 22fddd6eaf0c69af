package whisktape.cli;

import java.util.ArrayList;
import java.util.List;

/** The words of a command line as a shell would pass them, up to a pipe, a redirection, a comment, or the next command. */
final class ShellWords {
    private final String line;
    private final List<String> words = new ArrayList<>();
    private int at;

    private ShellWords(String line) {
        this.line = line;
    }

    static List<String> of(String line) {
        ShellWords shell = new ShellWords(line.strip());
        while (shell.isWordNext()) {
            shell.words.add(shell.word());
        }
        return shell.words;
    }

    private boolean isWordNext() {
        while (at < line.length() && Character.isWhitespace(line.charAt(at))) {
            at++;
        }
        return at < line.length() && !line.startsWith("2>", at) && "|><;&#".indexOf(line.charAt(at)) < 0;
    }

    private String word() {
        StringBuilder word = new StringBuilder();
        while (at < line.length() && !Character.isWhitespace(line.charAt(at))) {
            char c = line.charAt(at);
            if (c == '\'' || c == '"') {
                int end = line.indexOf(c, at + 1);
                word.append(line, at + 1, end);
                at = end + 1;
            } else {
                word.append(c);
                at++;
            }
        }
        return word.toString();
    }
}
