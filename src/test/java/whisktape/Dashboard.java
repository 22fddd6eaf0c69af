package whisktape;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * One of Grafana's dashboards in {@code src/main/grafana}, with what it asks Prometheus.
 *
 * @param name of the file, without its ending
 * @param json all of it
 */
public record Dashboard(String name, JsonNode json) {
    public static final Path FOLDER = Path.of("src/main/grafana");

    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((.+), (\\w+)\\)");
    private static final Pattern VARIABLE = Pattern.compile("\\$(\\w+)");

    /**
     * A query of a panel.
     *
     * @param panel its title
     * @param refId which of the panel's queries
     * @param expression with Grafana's variables in it
     * @param isInstant true if Grafana asks for the end of the time shown only
     */
    public record Query(String panel, String refId, String expression, boolean isInstant) {}

    /**
     * A variable whose values come from Prometheus.
     *
     * @param name without the dollar sign
     * @param series a selector, with Grafana's variables in it
     * @param label whose values it has
     */
    public record Variable(String name, String series, String label) {}

    public static Stream<Dashboard> all() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER.resolve("dashboards"))) {
            return files.sorted().map(Dashboard::read).toList().stream();
        }
    }

    /** All panels but the rows between them. */
    public List<JsonNode> panels() {
        return elements(json.path("panels"))
                .filter(panel -> !panel.path("type").textValue().equals("row"))
                .toList();
    }

    public List<Query> queries() {
        List<Query> queries = new ArrayList<>();
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                queries.add(new Query(
                        panel.path("title").textValue(),
                        target.path("refId").textValue(),
                        target.path("expr").textValue(),
                        target.path("instant").booleanValue()));
            }
        }
        return queries;
    }

    /** The queries of its variables, in their order. */
    public List<Variable> variables() {
        return elements(json.path("templating").path("list"))
                .filter(variable -> variable.path("type").textValue().equals("query"))
                .map(Dashboard::variable)
                .toList();
    }

    /** What each variable stands for as long as nobody has chosen: of those with a list of their own the first. */
    public String initial(String variable) {
        return elements(json.path("templating").path("list"))
                .filter(each -> each.path("name").textValue().equals(variable))
                .map(each -> each.path("includeAll").booleanValue()
                        ? each.path("allValue").textValue()
                        : each.path("current").path("value").textValue())
                .findFirst()
                .orElseThrow();
    }

    /** A text with its variables filled in, as Grafana fills them in; one without a value is a mistake. */
    public static String filledIn(String text, Map<String, String> values) {
        return VARIABLE.matcher(text).replaceAll(found -> {
            String value = values.get(found.group(1));
            if (value == null) {
                throw new IllegalStateException("there is no " + found.group() + " in " + values + ": " + text);
            }
            return Matcher.quoteReplacement(value);
        });
    }

    public static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Variable variable(JsonNode json) {
        Matcher query = LABEL_VALUES.matcher(json.path("query").path("query").textValue());
        if (!query.matches()) {
            throw new IllegalStateException("not label_values: " + json);
        }
        return new Variable(json.path("name").textValue(), query.group(1), query.group(2));
    }

    private static Dashboard read(Path file) {
        try {
            String name = file.getFileName().toString().replace(".json", "");
            return new Dashboard(name, new ObjectMapper().readTree(file.toFile()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
