package whisktape.analysis;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Has the quantiles of a query taken with less memory, and the same to the last bit. DuckDB's own {@code percentile_cont} holds every value
 * of a group at once, in memory that its limit does not know and that it cannot spill, and once more for each share that is asked for.
 *
 * <p>{@link #shared}: all shares of the same values are taken at once. {@link #counted}: how often each value occurs says the same. That is
 * in a few kilobytes where milliseconds are few, and does not grow with the rows; but each group counts for itself, and of thousands of
 * actions it takes longer, and more memory, than holding some ten million values.
 */
final class Quantiles {
    private static final Pattern BEGIN =
            Pattern.compile("(?<![.\\w])percentile_cont\\(([0-9]+(?:\\.[0-9]+)?)\\)\\s+WITHIN GROUP\\s+\\(ORDER BY\\s");
    private static final Pattern FILTER = Pattern.compile("(?i)\\s*FILTER\\s*\\(");

    /** Where parentheses may stand that are none, beside texts. */
    private static final Pattern UNCLEAR = Pattern.compile("[\"$\\\\]|--|/\\*");

    private static final Pattern COMMENT_FOLLOWS = Pattern.compile("\\s*(--|/\\*)");

    /** A direction, or a second column: not ours to take. */
    private static final Pattern ORDERED_OTHERWISE = Pattern.compile("(?i)\\b(asc|desc|nulls)\\b");

    /** 2^27 different values are more than a map's memory would allow. */
    private static final int BITS = 27;

    private Quantiles() {}

    /**
     * One of them in a query.
     *
     * @param from where it begins
     * @param until where it ends, its filter with it
     * @param filter of the rows; empty for all of them
     */
    private record Quantile(int from, int until, String share, String values, String filter) {
        String of() {
            return values + filter;
        }
    }

    /** Makes what {@link #counted} queries call. */
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
    static String counted(String sql) {
        return rewritten(
                sql,
                all -> quantile -> "counted_quantile(histogram(" + quantile.values() + ")" + quantile.filter()
                        + ", CAST(" + quantile.share() + " AS DOUBLE))");
    }

    /** The same query, with those of the same values taken at once. */
    static String shared(String sql) {
        return rewritten(sql, all -> {
            Map<String, List<String>> shares = new HashMap<>();
            all.stream()
                    .sorted(Comparator.comparingDouble(quantile -> Double.parseDouble(quantile.share())))
                    .forEach(quantile -> {
                        List<String> of = shares.computeIfAbsent(quantile.of(), key -> new ArrayList<>());
                        if (!of.contains(quantile.share())) {
                            of.add(quantile.share());
                        }
                    });
            return quantile -> {
                List<String> of = shares.get(quantile.of());
                return "(quantile_cont(" + quantile.values() + ", [" + String.join(", ", of) + "])" + quantile.filter()
                        + ")[" + (1 + of.indexOf(quantile.share())) + "]";
            };
        });
    }

    /** As it is where anything could be taken for what it is not. */
    private static String rewritten(String sql, Function<List<Quantile>, Function<Quantile, String>> writing) {
        if (KeptViews.COMMENT_OR_TEXT
                .matcher(sql)
                .results()
                .anyMatch(part -> BEGIN.matcher(part.group()).find())) {
            return sql;
        }
        List<Quantile> all = new ArrayList<>();
        Matcher begin = BEGIN.matcher(sql);
        for (int at = 0; begin.find(at); at = all.get(all.size() - 1).until()) {
            int end = closing(sql, begin.end());
            if (end < 0) {
                return sql;
            }
            String values = sql.substring(begin.end(), end);
            if (ORDERED_OTHERWISE.matcher(values).find()) {
                return sql;
            }
            int until = end + 1;
            Matcher filter = FILTER.matcher(sql).region(until, sql.length());
            if (filter.lookingAt()) {
                until = closing(sql, filter.end()) + 1;
                if (until <= 0) {
                    return sql;
                }
            }
            if (UNCLEAR.matcher(sql.substring(begin.start(), until)).find()
                    || COMMENT_FOLLOWS.matcher(sql).region(until, sql.length()).lookingAt()) {
                return sql;
            }
            all.add(new Quantile(begin.start(), until, begin.group(1), values, sql.substring(end + 1, until)));
        }
        return written(sql, all, writing.apply(all));
    }

    private static String written(String sql, List<Quantile> all, Function<Quantile, String> one) {
        StringBuilder out = new StringBuilder();
        int done = 0;
        for (Quantile quantile : all) {
            out.append(sql, done, quantile.from()).append(one.apply(quantile));
            done = quantile.until();
        }
        return out.append(sql.substring(done)).toString();
    }

    /** Where the parenthesis closes that is open at this place, or -1. */
    private static int closing(String sql, int from) {
        int open = 1;
        boolean isText = false;
        for (int i = from; i < sql.length(); i++) {
            char c = sql.charAt(i);
            isText ^= c == '\'';
            open += isText ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (open == 0) {
                return i;
            }
        }
        return -1;
    }
}
