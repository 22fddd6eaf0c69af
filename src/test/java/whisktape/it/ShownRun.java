package whisktape.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.Dashboard;
import whisktape.lab.SimulatedBottleneck;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/**
 * A run that Prometheus has, as a dashboard shows it.
 *
 * @param prometheus with the jobs {@code compatible} and {@code improved}
 * @param from the beginning of the time shown
 * @param until its end
 * @param every distance of the samples
 */
record ShownRun(PrometheusServer prometheus, Instant from, Instant until, Duration every) {
    /**
     * Makes the recording of a run in which there is something to see in every panel: all that really happens, on a platform too
     * small for it, with all bottlenecks planted.
     */
    static Path recording(Path folder) {
        SimulationPlan plan = SimulationPlan.ofEverything().lasting(Duration.ofMinutes(5));
        for (SimulatedBottleneck bottleneck : SimulatedBottleneck.ofEachKind()) {
            plan = plan.plant(bottleneck);
        }
        Path recording = folder.resolve("recording");
        SimulationRecording.write(recording, plan, 1);
        return recording;
    }

    /** What Grafana fills in as long as nobody has chosen: all of everything. */
    Map<String, String> initialValues(Dashboard dashboard, String job) {
        Map<String, String> values = new HashMap<>(Map.of(
                "__range",
                Duration.between(from, until).toSeconds() + "s",
                // At least four samples, says Grafana's documentation.
                "__rate_interval",
                every.multipliedBy(4).toSeconds() + "s",
                "job",
                job,
                "leave_out",
                dashboard.initial("leave_out")));
        dashboard.variables().stream()
                .map(Dashboard.Variable::name)
                .filter(name -> !name.equals("job"))
                .forEach(name -> values.put(name, dashboard.initial(name)));
        return values;
    }

    /** The numbers behind what a panel draws; what is none is left out. */
    List<Double> numbers(Dashboard.Query query, Map<String, String> values) throws Exception {
        String expression = Dashboard.filledIn(query.expression(), values);
        JsonNode result = query.isInstant()
                ? prometheus.query(expression, until)
                : prometheus.query(expression, from, until, every);
        return Dashboard.elements(result)
                .flatMap(series ->
                        query.isInstant() ? Stream.of(series.path("value")) : Dashboard.elements(series.path("values")))
                .map(sample -> Double.parseDouble(sample.path(1).textValue()))
                .filter(Double::isFinite)
                .toList();
    }

    /** What a query for the end of the time shown gives, by the value of one label. */
    Map<String, Double> byLabel(String label, Dashboard.Query query, Map<String, String> values) throws Exception {
        return Dashboard.elements(prometheus.query(Dashboard.filledIn(query.expression(), values), until))
                .collect(Collectors.toMap(
                        series -> series.path("metric").path(label).textValue(),
                        series ->
                                Double.parseDouble(series.path("value").path(1).textValue())));
    }

    List<String> labelValues(Dashboard.Variable variable, Map<String, String> values) throws Exception {
        return prometheus.labelValues(Dashboard.filledIn(variable.series(), values), variable.label(), from, until);
    }
}
