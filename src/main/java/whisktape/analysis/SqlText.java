package whisktape.analysis;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Puts values into SQL: in place of {@code :variables}, but not of what looks like one in texts, quoted names, comments and casts. */
final class SqlText {
    private static final Pattern TOKENS = Pattern.compile(
            "'(?:[^']|'')*+'|\"(?:[^\"]|\"\")*+\"|--[^\\n]*|(?s:/\\*.*?\\*/)|::|(?<![\\w:]):([a-z_][a-z0-9_]*)");

    private SqlText() {}

    /** The SQL with literals in place of these variables; any other name behind a colon is left as it is. */
    static String replace(String sql, Map<String, String> literals) {
        return TOKENS.matcher(sql)
                .replaceAll(token -> Matcher.quoteReplacement(
                        token.group(1) == null ? token.group() : literals.getOrDefault(token.group(1), token.group())));
    }

    static String literal(Path file) {
        return "'" + file.toString().replace("'", "''") + "'";
    }

    static String literals(List<Path> files) {
        return files.stream().map(SqlText::literal).collect(Collectors.joining(", ", "[", "]"));
    }
}
