package whisktape.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import whisktape.Times;
import whisktape.replay.ReplayPlan;
import whisktape.replay.ReplayResult;
import whisktape.replay.Speed;

/** Prints what a replay would do and what it did, for people or as JSON. */
final class ReplayReport {
    private final PrintWriter out;
    private final ReplayDestination destination;
    private final boolean json;

    ReplayReport(PrintWriter out, ReplayDestination destination, boolean json) {
        this.out = out;
        this.destination = destination;
        this.json = json;
    }

    void plan(ReplayPlan plan) {
        if (json) {
            planAsJson(plan);
            return;
        }
        Speed speed = plan.pacing().speed();
        int rounds = plan.pacing().rounds();
        line("would send %s to %s", events(plan.totalEvents()), destination);
        if (rounds > 1) {
            line("  rounds      %,d of %s", rounds, events(plan.eventsInRound()));
        }
        plan.events().forEach((partition, events) -> line("  partition %d  %s", partition, events(events)));
        if (plan.from().isPresent()) {
            line("  recorded    %s to %s", time(plan.from()), time(plan.until()));
        }
        line(
                "  takes       %s",
                speed.isMax()
                        ? "no longer than it must"
                        : text(plan.duration().orElseThrow()) + " at speed " + text(speed.factor()));
        if (plan.poison() > 0) {
            line(
                    "  poison      %s, the first at %s; %s",
                    events(plan.poison()), plan.firstPoison().orElseThrow(), destination.poison());
        }
    }

    /** What was done; {@code figures} are what only this kind of destination has, by name. */
    void result(ReplayPlan plan, ReplayResult result, Map<String, Object> figures) {
        ReplayResult.Percentiles lateness = result.lateness();
        if (json) {
            Map<String, Object> object = Json.object(
                    "sent", result.sent(),
                    "failed", result.failed(),
                    "skipped", result.skipped(),
                    "elapsed_ms", result.elapsed().toMillis(),
                    "lateness_ms",
                            Json.object(
                                    "p50", ms(lateness.p50()),
                                    "p99", ms(lateness.p99()),
                                    "max", ms(lateness.max())));
            object.putAll(figures);
            Json.print(out, object);
            return;
        }
        double seconds = Math.max(0.001, result.elapsed().toMillis() / 1000.0);
        line(
                "sent %s to %s in %.1f s (%,.0f events/s)",
                events(result.sent()), destination, seconds, result.sent() / seconds);
        line("  failed      %,d", result.failed());
        line("  skipped     %,d", result.skipped());
        figures.forEach((name, number) -> line("  %-11s %,d", name, number));
        if (!plan.pacing().speed().isMax()) {
            line(
                    "  lateness    p50 %.3f ms, p99 %.3f ms, max %.3f ms",
                    ms(lateness.p50()), ms(lateness.p99()), ms(lateness.max()));
        }
        if (result.unmoved() > 0) {
            line(
                    "  not moved   %,d %s no timestamp that could be",
                    result.unmoved(), result.unmoved() == 1 ? "value: it has" : "values: they have");
        }
    }

    private void planAsJson(ReplayPlan plan) {
        Json.print(
                out,
                Json.object(
                        "dry_run", true,
                        "to", destination.to(),
                        "topic", destination.topic().orElse(null),
                        "events", plan.totalEvents(),
                        "partitions", plan.events(),
                        "rounds", plan.pacing().rounds(),
                        "from", plan.from().map(Times::format).orElse(null),
                        "until", plan.until().map(Times::format).orElse(null),
                        "duration_ms",
                                plan.pacing().speed().isMax()
                                        ? null
                                        : (Long) plan.duration().orElseThrow().toMillis(),
                        "poison", plan.poison()));
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }

    private static String events(long number) {
        return String.format(Locale.ROOT, "%,d %s", number, number == 1 ? "event" : "events");
    }

    private static double ms(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e3;
    }

    private static String time(Optional<Instant> instant) {
        return Times.format(instant.orElseThrow());
    }

    private static String text(double factor) {
        return factor == Math.rint(factor) ? String.format(Locale.ROOT, "%.0f", factor) : Double.toString(factor);
    }

    /** {@code 1h 2m 3.4s}, without leading zeros. */
    private static String text(Duration duration) {
        String hours = duration.toHours() > 0 ? duration.toHours() + "h " : "";
        String minutes = duration.toMinutes() > 0 ? duration.toMinutesPart() + "m " : "";
        double seconds = duration.toSecondsPart() + duration.toMillisPart() / 1000.0;
        return hours + minutes + String.format(Locale.ROOT, "%.1fs", seconds);
    }
}
