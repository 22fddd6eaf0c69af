package whisktape.report;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import whisktape.WhisktapeException;
import whisktape.analysis.Column;
import whisktape.analysis.QueryFile;
import whisktape.statistics.Interval;

/** A query whose rows are candidates for findings, told by its columns. */
final class Check {
    /** What a finding must save at least to be worth a line, whatever its share. */
    private static final double FLOOR_MS = 1_000;

    /** And as a share of all response time. */
    private static final double FLOOR_SHARE = 0.005;

    private static final String SUBJECT = "subject_";

    private static final Set<String> COLUMNS =
            Set.of("finding", "claim", "at_stake_ms", "n", "value", "threshold", "confidence", "next_step");

    private final QueryFile query;
    private final List<String> names;
    private final double responseMs;

    /** @param responseMs all response time of the base set */
    Check(QueryFile query, List<Column> columns, double responseMs) {
        this.query = query;
        this.names = columns.stream().map(Column::name).toList();
        this.responseMs = responseMs;
    }

    /** Whether a query's header promises the columns of a check. */
    static boolean is(QueryFile query) {
        return query.header().columns().containsAll(COLUMNS);
    }

    /** The rows that are findings: at or above their threshold, with enough time at stake, or none where none was taken. */
    List<Finding> findings(Iterator<List<Object>> rows) {
        List<Finding> findings = new ArrayList<>();
        while (rows.hasNext()) {
            List<Object> row = rows.next();
            if (number(row, "value") >= number(row, "threshold") && isWorthALine(number(row, "at_stake_ms"))) {
                findings.add(finding(row));
            }
        }
        return findings;
    }

    private boolean isWorthALine(double atStakeMs) {
        return atStakeMs == 0 || atStakeMs >= Math.max(FLOOR_MS, FLOOR_SHARE * responseMs);
    }

    private Finding finding(List<Object> row) {
        double atStakeMs = Figures.rounded(number(row, "at_stake_ms"));
        return new Finding(
                text(row, "finding"),
                text(row, "claim"),
                atStakeMs,
                responseMs > 0 ? Figures.rounded(atStakeMs / responseMs) : 0,
                (long) number(row, "n"),
                interval(row),
                text(row, "confidence"),
                subject(row),
                text(row, "next_step"),
                query.name());
    }

    private Optional<Interval> interval(List<Object> row) {
        return has(row, "low_ms") && has(row, "high_ms")
                ? Optional.of(
                        new Interval(Figures.rounded(number(row, "low_ms")), Figures.rounded(number(row, "high_ms"))))
                : Optional.empty();
    }

    private boolean has(List<Object> row, String column) {
        return names.contains(column) && value(row, column) != null;
    }

    private Map<String, String> subject(List<Object> row) {
        Map<String, String> subject = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (names.get(i).startsWith(SUBJECT) && row.get(i) != null) {
                subject.put(names.get(i).substring(SUBJECT.length()), row.get(i).toString());
            }
        }
        return subject;
    }

    private String text(List<Object> row, String column) {
        return String.valueOf(value(row, column));
    }

    private double number(List<Object> row, String column) {
        if (value(row, column) instanceof Number number) {
            return number.doubleValue();
        }
        throw WhisktapeException.refused("query " + query.name() + " is a check, and its column " + column + " is "
                + value(row, column) + ", which is no number");
    }

    private Object value(List<Object> row, String column) {
        int place = names.indexOf(column);
        if (place < 0) {
            throw WhisktapeException.refused("query " + query.name() + " says in its header that it has a column "
                    + column + ", and its result has none");
        }
        return row.get(place);
    }
}
