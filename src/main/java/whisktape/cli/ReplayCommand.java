package whisktape.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.analysis.Analysis;
import whisktape.analysis.OffsetSet;
import whisktape.metrics.MetricsEndpoint;
import whisktape.metrics.UserEventMetrics;
import whisktape.recording.Recording;
import whisktape.replay.EventPublisher;
import whisktape.replay.Guards;
import whisktape.replay.KafkaTarget;
import whisktape.replay.Pacing;
import whisktape.replay.Replay;
import whisktape.replay.ReplayClock;
import whisktape.replay.ReplayPlan;
import whisktape.replay.ReplayResult;
import whisktape.replay.Selection;
import whisktape.replay.Speed;
import whisktape.replay.StatsdEventPublisher;

/** {@code whisktape replay}: publishes a recording's events again. */
@Command(
        name = "replay",
        description = {
            "Publishes the recorded events again: same bytes, keys, headers, partitions, order and pace.",
            "Or counts them at that pace, for Prometheus to scrape, or reports them to a StatsD."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape replay recordings/sample --to localhost:9092 --speed 10",
            "  whisktape replay recordings/sample --to-metrics 9095",
            "",
            "Exit codes: 0 every event was acknowledged (UDP: has left), 1 failed, 2 wrong usage or refused by a",
            "guard, 3 the recording is damaged, 130 interrupted."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final List<String> FOR_KAFKA =
            List.of("--topic", "--kafka-config", "--force", "--rebase", "--allow-poison");

    @Spec
    private CommandSpec spec;

    @Mixin
    private KafkaOptions kafkaOptions;

    @Parameters(paramLabel = "REC", description = "The recording's folder, or its URI.")
    private Path folder;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private ReplayTarget target;

    @Mixin
    private LabellingOptions labelling;

    @Option(names = "--topic", defaultValue = "events", description = "Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Option(
            names = "--speed",
            paramLabel = "1|N|max",
            defaultValue = "1",
            description = "How many times faster than recorded: 10, 0.5; max waits for nothing. Default: 1.")
    private Speed speed;

    @Option(
            names = "--from",
            paramLabel = "TIME",
            description =
                    "Leave out events before this Kafka time: 2026-03-14T09:15:00Z, or -10m before the last event.")
    private TimeOption from;

    @Option(names = "--until", paramLabel = "TIME", description = "Leave out events at this Kafka time and after it.")
    private TimeOption until;

    @Option(
            names = "--where",
            paramLabel = "SQL",
            description =
                    "Only events for which this is true; a condition over the view events: \"action = 'guest/hello'\".")
    private String where;

    @Option(
            names = "--max-gap",
            paramLabel = "DUR",
            description = "Shorten longer recorded pauses to this, before the speed counts: 500ms, 90s, 5m.")
    private Duration maxGap;

    @Option(names = "--loop", paramLabel = "N", defaultValue = "1", description = "Send the whole selection N times.")
    private int loop;

    @Option(
            names = "--rebase",
            paramLabel = "now",
            description =
                    "Move Kafka timestamps and the events' own timestamps by one constant: the first event is now.")
    private Rebase rebase;

    @Option(names = "--dry-run", description = "Say what would be sent, and contact nobody.")
    private boolean dryRun;

    @Option(
            names = "--force",
            description = "Replay even into the cluster that the recording comes from, or a topic that is not empty.")
    private boolean force;

    @Option(
            names = "--allow-poison",
            description = "Send events, too, that would stop OpenWhisk's user-events service for ever.")
    private boolean allowPoison;

    @Option(names = "--json", description = "Print the result as one JSON object.")
    private boolean json;

    private enum Rebase {
        NOW
    }

    @Override
    public Integer call() {
        if (loop < 1) {
            throw new ParameterException(spec.commandLine(), "--loop got " + loop + "; it takes 1 or more");
        }
        if (target.metricsPort != null) {
            Port.require(spec, "--to-metrics", target.metricsPort);
        } else if (labelling.isImproved()) {
            throw new ParameterException(spec.commandLine(), "--improved is for --to-metrics only");
        }
        if (target.kafka == null) {
            refuseWhatIsForKafka();
        }
        Recording recording = Recording.open(folder);
        Pacing pacing = pacing();
        if (dryRun) {
            report(destination()).plan(ReplayPlan.reading(selection(recording), pacing));
            return 0;
        }
        ReplayPlan plan = ReplayPlan.of(selection(recording), pacing);
        if (plan.totalEvents() == 0 && target.kafka == null) {
            throw WhisktapeException.refused("not replayed: no event of " + folder + " is selected");
        }
        if (target.statsd != null) {
            return replayToStatsd(plan);
        }
        return target.kafka != null ? replayToKafka(plan) : replayToMetrics(plan);
    }

    private void refuseWhatIsForKafka() {
        for (String option : FOR_KAFKA) {
            if (spec.commandLine().getParseResult().hasMatchedOption(option)) {
                throw new ParameterException(spec.commandLine(), option + " goes with --to only");
            }
        }
    }

    private int replayToKafka(ReplayPlan plan) {
        if (!allowPoison) {
            Guards.requireNoPoison(plan);
        }
        try (KafkaTarget kafka = KafkaTarget.connect(target.kafka, topic, kafkaOptions.client())) {
            Guards.prepare(plan, kafka, force, rebase != null).forEach(this::say);
            return replay(plan, kafka.publisher(speed), destination(), Map::of);
        }
    }

    /** What is counted stays to be scraped. */
    private int replayToMetrics(ReplayPlan plan) {
        UserEventMetrics metrics = new UserEventMetrics(labelling.labelling());
        try (MetricsEndpoint endpoint = MetricsEndpoint.start(metrics, target.metricsPort)) {
            say("metrics " + endpoint.url());
            CompletableFuture<Void> ended = new CompletableFuture<>();
            Interruption.stopsWith(() -> ended.complete(null));
            int code = replay(plan, new MetricsPublisher(metrics), ReplayDestination.metrics(endpoint.url()), Map::of);
            spec.commandLine().getOut().flush();
            if (!ended.isDone()) {
                say("serving what was counted; Ctrl-C ends it");
            }
            ended.join();
            return code;
        }
    }

    private int replayToStatsd(ReplayPlan plan) {
        StatsdEventPublisher statsd =
                StatsdEventPublisher.connect(target.statsd.address, target.statsd.tags, ReplayClock.system());
        return replay(
                plan,
                statsd,
                destination(),
                () -> Json.object(
                        "metrics", statsd.lines(),
                        "packets", statsd.packets(),
                        "ignored", statsd.ignored(),
                        "poison", statsd.poison()));
    }

    private Selection selection(Recording recording) {
        Instant end = Selection.end(recording).orElse(recording.manifest().created());
        Selection selection = Selection.of(recording);
        if (from != null) {
            selection = selection.from(from.resolve(end));
        }
        if (until != null) {
            selection = selection.until(until.resolve(end));
        }
        return where == null ? selection : selection.where(offsetsWhere(recording)::contains);
    }

    private OffsetSet offsetsWhere(Recording recording) {
        try (Analysis analysis = Analysis.open(LocalRecording.of(spec, recording))) {
            return analysis.offsetsWhere(where);
        }
    }

    private Pacing pacing() {
        Pacing pacing = Pacing.RECORDED.at(speed).times(loop);
        return maxGap == null ? pacing : pacing.withMaxGap(maxGap);
    }

    /** Replays and reports; {@code figures} tells in the end what only this kind of destination has. */
    private int replay(
            ReplayPlan plan,
            EventPublisher publisher,
            ReplayDestination destination,
            Supplier<Map<String, Object>> figures) {
        ReplayProgressLine line = new ReplayProgressLine(spec.commandLine().getErr(), RootCommand.of(spec).quiet);
        Replay replay = new Replay(plan, rebase != null, publisher, ReplayClock.system(), line::show);
        Interruption.stopsWith(replay::stop);
        ReplayResult result = replay.run();
        line.end();
        report(destination).result(plan, result, figures.get());
        if (result.damage().isPresent()) {
            throw result.damage().get();
        }
        if (result.interrupted() && result.failed() + result.skipped() > 0) {
            return INTERRUPTED;
        }
        if (result.failed() > 0) {
            throw new WhisktapeException(result.failed() + (result.failed() == 1 ? " event" : " events")
                    + " did not arrive in " + destination + ", the first of them recorded at "
                    + result.firstFailure().orElseThrow());
        }
        return 0;
    }

    private ReplayReport report(ReplayDestination destination) {
        return new ReplayReport(spec.commandLine().getOut(), destination, json);
    }

    private ReplayDestination destination() {
        if (target.statsd != null) {
            return ReplayDestination.statsd(target.statsd.address);
        }
        return target.kafka != null
                ? ReplayDestination.kafka(topic, target.kafka)
                : ReplayDestination.metrics("port " + target.metricsPort);
    }

    private void say(String sentence) {
        if (!RootCommand.of(spec).quiet) {
            spec.commandLine().getErr().println(sentence);
        }
    }
}
