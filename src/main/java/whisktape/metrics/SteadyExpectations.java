package whisktape.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Expects less of what promtool does not get each time: of alerts how many there are and not what they say, of values how many, and in the end
 * nothing.
 */
final class SteadyExpectations {
    private static final String ADDED_UP = "the last digits of what promtool adds up differ from one run to the next";
    private static final Optional<String> COUNTED_ALERTS =
            Optional.of("Counted, as " + ADDED_UP + ", and these alerts say them.");
    private static final Optional<String> COUNTED_VALUES =
            Optional.of("Counted, as these values are not the same from one run of promtool to the next.");

    private final Expectations got;
    private final List<Expectations.Alerts> alerts = new ArrayList<>();
    private final List<Expectations.Samples> samples = new ArrayList<>();
    private final List<String> unsure;

    private SteadyExpectations(Expectations got, List<String> unsure) {
        this.got = got;
        this.unsure = new ArrayList<>(unsure);
    }

    /**
     * Gives up what has just been otherwise.
     *
     * @param got what promtool got that was not as expected
     */
    static Expectations weaker(Expectations expected, Expectations got) {
        SteadyExpectations steady = new SteadyExpectations(got, expected.unsure());
        expected.samples().forEach(steady::add);
        Map<String, Set<String>> changing = steady.changing(expected);
        for (Expectations.Alerts turn : expected.alerts()) {
            steady.add(turn, Optional.ofNullable(changing.get(turn.name())));
        }
        return new Expectations(steady.alerts, steady.samples, steady.unsure);
    }

    /** Of each alert that is there and says something else, the labels that do. */
    private Map<String, Set<String>> changing(Expectations expected) {
        Map<String, Set<String>> changing = new TreeMap<>();
        for (Expectations.Alerts turn : expected.alerts()) {
            got(turn)
                    .filter(other -> isAsMany(turn, other))
                    .ifPresent(other -> changing.computeIfAbsent(turn.name(), name -> new TreeSet<>())
                            .addAll(changing(turn, other)));
        }
        return changing;
    }

    private static Set<String> changing(Expectations.Alerts one, Expectations.Alerts other) {
        Set<String> names = names(one);
        names.addAll(names(other));
        names.removeIf(name -> values(one, name).equals(values(other, name)));
        return names;
    }

    private static Set<String> names(Expectations.Alerts alerts) {
        return alerts.firing().stream()
                .flatMap(each -> each.labels().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> values(Expectations.Alerts alerts, String label) {
        return alerts.firing().stream()
                .map(each -> each.labels().getOrDefault(label, ""))
                .sorted()
                .toList();
    }

    private void add(Expectations.Alerts turn, Optional<Set<String>> changing) {
        if (got(turn).filter(other -> !isAsMany(turn, other)).isPresent()) {
            giveUp("fires of " + turn.name(), turn.atMs());
        } else if (changing.isPresent() && !turn.firing().isEmpty()) {
            // All times of an alert together: what it says differs at each.
            samples.add(counted(turn, changing.get()));
        } else {
            alerts.add(turn);
        }
    }

    private static Expectations.Samples counted(Expectations.Alerts turn, Set<String> changing) {
        Set<String> by = names(turn);
        by.removeAll(changing);
        Map<String, Integer> counts = new TreeMap<>();
        for (Expectations.Firing firing : turn.firing()) {
            String labels = by.stream()
                    .filter(firing.labels()::containsKey)
                    .map(name -> label(name, firing.labels().get(name)))
                    .collect(Collectors.joining(", ", "{", "}"));
            counts.merge(labels, 1, Integer::sum);
        }
        String expression = "count by (" + String.join(", ", by) + ") (ALERTS{" + label("alertname", turn.name()) + ", "
                + label("alertstate", "firing") + "})";
        return new Expectations.Samples(expression, turn.atMs(), samples(counts), COUNTED_ALERTS);
    }

    private void add(Expectations.Samples expected) {
        Optional<Expectations.Samples> other = got.samples().stream()
                .filter(each ->
                        each.atMs() == expected.atMs() && each.expression().equals(expected.expression()))
                .findFirst();
        int size = expected.samples().size();
        if (other.isEmpty()) {
            samples.add(expected);
        } else if (expected.why().isEmpty() && size > 0 && other.get().samples().size() == size) {
            samples.add(new Expectations.Samples(
                    "count(" + expected.expression() + ")",
                    expected.atMs(),
                    samples(Map.of("{}", size)),
                    COUNTED_VALUES));
        } else {
            giveUp(expected.expression() + " gives", expected.atMs());
        }
    }

    private void giveUp(String what, long atMs) {
        unsure.add("Nothing is expected of what " + what + " at " + RuleTestText.duration(atMs) + ": " + ADDED_UP
                + ", and it hangs on them.");
    }

    private Optional<Expectations.Alerts> got(Expectations.Alerts turn) {
        return got.alerts().stream()
                .filter(each -> each.atMs() == turn.atMs() && each.name().equals(turn.name()))
                .findFirst();
    }

    private static boolean isAsMany(Expectations.Alerts one, Expectations.Alerts other) {
        return one.firing().size() == other.firing().size();
    }

    private static List<Expectations.Sample> samples(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> new Expectations.Sample(each.getKey(), each.getValue()))
                .toList();
    }

    private static String label(String name, String value) {
        return name + "=\"" + SeriesNames.escaped(value) + "\"";
    }
}
