package whisktape.analysis;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the comment at the top of a query says about it. Every field may be missing in a user's own file.
 *
 * @param title the first line
 * @param report the section that the query belongs to, such as {@code R02}, in capitals
 * @param reportTitle that section's title
 * @param charts the reports that the HTML page illustrates with a chart of this query's rows; empty where there is none
 * @param answers the question
 * @param reads the views it reads
 * @param variables its parameters
 * @param columns the names of the result's columns, in order
 * @param next how to act on what it shows
 */
public record QueryHeader(
        String title,
        Optional<String> report,
        String reportTitle,
        List<String> charts,
        String answers,
        String reads,
        List<Variable> variables,
        List<String> columns,
        String next) {
    private static final String COMMENT = "--";

    /** Also one that we do not know, which is not a part of the field before it. */
    private static final Pattern FIELD = Pattern.compile("-- ([A-Z][a-z]+): *(.*)");

    /** Whether only a page with charts asks it. */
    public boolean isForCharts() {
        return !charts.isEmpty();
    }

    static QueryHeader parse(String query, String sql) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        List<String> lines =
                sql.lines().takeWhile(line -> line.startsWith(COMMENT)).toList();
        List<String> current = null;
        for (String line : lines) {
            Matcher matcher = FIELD.matcher(line);
            if (matcher.matches()) {
                current = fields.computeIfAbsent(matcher.group(1), name -> new ArrayList<>());
                current.add(matcher.group(2).strip());
            } else if (current != null && !text(line).isEmpty()) {
                current.add(text(line));
            }
        }
        String report = joined(fields, "Report");
        int idEnd = (report + " ").indexOf(' ');
        String title = lines.isEmpty() ? "" : text(lines.get(0));
        String answers = joined(fields, "Answers");
        return new QueryHeader(
                title,
                Optional.of(report.substring(0, idEnd).toUpperCase(Locale.ROOT)).filter(id -> !id.isEmpty()),
                report.substring(idEnd).strip(),
                list(joined(fields, "Chart")),
                answers.isEmpty() ? title : answers,
                joined(fields, "Reads"),
                variables(query, fields.getOrDefault("Variables", List.of())),
                list(joined(fields, "Columns").replaceAll("\\([^)]*\\)", "")),
                joined(fields, "Next"));
    }

    private static String text(String line) {
        return line.substring(COMMENT.length()).strip();
    }

    private static String joined(Map<String, List<String>> fields, String name) {
        return String.join(" ", fields.getOrDefault(name, List.of()));
    }

    /** A declaration begins with a name and a parenthesis; a line that does not goes on with the one before. */
    private static List<Variable> variables(String query, List<String> lines) {
        List<String> declarations = new ArrayList<>();
        for (String line : lines) {
            if (declarations.isEmpty() || line.matches("[a-z_][a-z0-9_]* \\(.*")) {
                declarations.add(line);
            } else {
                declarations.set(declarations.size() - 1, declarations.get(declarations.size() - 1) + " " + line);
            }
        }
        return declarations.stream()
                .filter(line -> !line.equals("none"))
                .map(line -> Variable.parse(query, line))
                .toList();
    }

    private static List<String> list(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }
}
