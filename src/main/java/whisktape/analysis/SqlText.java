package whisktape.analysis;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds {@code :variables} in SQL, but not what looks like one in texts, quoted names, comments and casts. */
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
}
