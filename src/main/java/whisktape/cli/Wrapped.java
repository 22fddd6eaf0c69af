package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;

/** Text in lines of at most a hundred characters, so that it reads well beside a table. */
final class Wrapped {
    static final int WIDTH = 100;

    private Wrapped() {}

    /** Prints the text with {@code first} before its first line and as many blanks before the others. */
    static void print(PrintWriter out, String first, String text) {
        String before = first;
        String rest = Cells.onOneLine(text).strip();
        do {
            int length = lineLength(rest, WIDTH - first.length());
            out.println((before + rest.substring(0, length)).stripTrailing());
            rest = rest.substring(length).strip();
            before = " ".repeat(first.length());
        } while (!rest.isEmpty());
    }

    /** Prints parts between which a line may end, and nowhere else. */
    static void print(PrintWriter out, String first, String separator, List<String> parts) {
        StringBuilder line = new StringBuilder(first);
        for (int i = 0; i < parts.size(); i++) {
            String part = Cells.onOneLine(parts.get(i)) + (i < parts.size() - 1 ? separator : "");
            if (line.length() > first.length()
                    && line.length() + part.stripTrailing().length() > WIDTH) {
                out.println(line.toString().stripTrailing());
                line = new StringBuilder(" ".repeat(first.length()));
            }
            line.append(part);
        }
        out.println(line.toString().stripTrailing());
    }

    /** As many words as fit, or a part of the first one. */
    static int lineLength(String text, int most) {
        if (text.length() <= most) {
            return text.length();
        }
        int space = text.lastIndexOf(' ', most);
        return space > 0 ? space : most;
    }
}
