package whisktape.analysis;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has quantiles taken of counted values. DuckDB's own {@code percentile_cont} holds every value of a group at once, in memory that its
 * limit does not know and that it cannot spill: 800 MB for a hundred million. Milliseconds are few, so how often each occurs says the same
 * in a few kilobytes, and sooner.
 */
final class CountedQuantiles {
    private static final Pattern BEGIN =
            Pattern.compile("percentile_cont\\(([0-9.]+)\\)\\s+WITHIN GROUP\\s+\\(ORDER BY\\s");
    private static final Pattern FILTER = Pattern.compile("\\s*FILTER\\s*\\(");

    /** A direction, or a second column: not ours to count. */
    private static final Pattern ORDERED_OTHERWISE = Pattern.compile("(?i)\\b(asc|desc|nulls)\\b");

    /** 2^27 different values are more than a map's memory would allow. */
    private static final int BITS = 27;

    private CountedQuantiles() {}

    /** Makes what rewritten queries call. */
    static void prepare(Statement statement) throws SQLException {
        StringBuilder steps = new StringBuilder("0");
        for (int bit = BITS - 1; bit >= 0; bit--) {
            steps.append(", ").append(1 << bit);
        }
        // The value at a place of the sorted rows: the first one that is counted beyond it, searched by halving.
        statement.execute("CREATE TEMPORARY MACRO counted_value(keys, counts, place) AS keys[1 + list_reduce([" + steps
                + "], lambda found, step: CASE WHEN found + step <= len(counts)"
                + " AND list_sum(counts[1:found + step]) <= place THEN found + step ELSE found END)]");
        // As DuckDB interpolates, to the last bit.
        statement.execute("CREATE TEMPORARY MACRO counted_between(keys, counts, place) AS"
                + " counted_value(keys, counts, floor(place)) * (1.0::DOUBLE - (place - floor(place)))"
                + " + counted_value(keys, counts, ceil(place)) * (place - floor(place))");
        statement.execute("CREATE TEMPORARY MACRO counted_quantile(counted, share) AS counted_between("
                + "map_keys(counted), map_values(counted), share * (list_sum(map_values(counted)) - 1))");
    }

    /** The same query, with its quantiles taken of counts; as it is where it is not written like those in {@code queries/}. */
    static String in(String sql) {
        StringBuilder out = new StringBuilder();
        Matcher begin = BEGIN.matcher(sql);
        int done = 0;
        while (begin.find(done)) {
            int end = closing(sql, begin.end());
            if (end < 0) {
                return sql;
            }
            String values = sql.substring(begin.end(), end);
            if (ORDERED_OTHERWISE.matcher(values).find()) {
                return sql;
            }
            out.append(sql, done, begin.start())
                    .append("counted_quantile(histogram(")
                    .append(values)
                    .append(")");
            done = end + 1;
            Matcher filter = FILTER.matcher(sql).region(done, sql.length());
            if (filter.lookingAt()) {
                int filtered = closing(sql, filter.end()) + 1;
                if (filtered <= 0) {
                    return sql;
                }
                out.append(sql, done, filtered);
                done = filtered;
            }
            out.append(", CAST(").append(begin.group(1)).append(" AS DOUBLE))");
        }
        return out.append(sql.substring(done)).toString();
    }

    /** Where the parenthesis closes that is open at this place, or -1. */
    private static int closing(String sql, int from) {
        int open = 1;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            open += c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }
}
