package whisktape.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import whisktape.WhisktapeException;
import whisktape.metrics.MetricsHistory;
import whisktape.metrics.Promtool;
import whisktape.metrics.RuleFiles;
import whisktape.metrics.RuleTest;
import whisktape.metrics.SeriesFilter;
import whisktape.metrics.Steps;
import whisktape.metrics.TargetLabels;
import whisktape.recording.Recording;

/** {@code whisktape export REC rule-tests}: what happened as a test of Prometheus' rules. */
@Command(
        name = "rule-tests",
        description = {
            "Writes a test for promtool test rules: the series of a run, and what rules say on them, so that a change of",
            "the rules which would no longer page for this incident fails. promtool on the PATH is asked what they say;",
            "without it there is a skeleton. Behind the last event, or up to --until, are ten minutes in which nothing",
            "happens, so that alerts can fire and be over. docs/rule-tests.md explains it."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape export recordings/sample rule-tests --rules alerts.yml -o incident-test.yml",
            "",
            "Exit codes: 0 done, 1 failed, 2 wrong usage or refused, 3 the recording is damaged."
        })
final class ExportRuleTestsCommand implements Runnable {
    /** So long nothing more happens after the last event: alerts need time to fire, and to be over. */
    private static final Duration SILENCE = Duration.ofMinutes(10);

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private ExportCommand export;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            required = true,
            description = "- is standard output. A file that is there is replaced.")
    private Path output;

    @Option(
            names = "--rules",
            paramLabel = "FILE",
            description = "Rules to test; may be repeated. Series that they do not mention are left out.")
    private List<Path> rules = List.of();

    @Option(
            names = "--match",
            paramLabel = "REGEX",
            description = "Write series with names like this too, whatever the rules mention. Without --rules: all.")
    private Pattern match;

    @Option(
            names = "--finding",
            paramLabel = "ID",
            description = {
                "Only series of the subject of this finding of the report: R02, or R02:3 for the third of that id.",
                "An invoker is told apart with --improved only."
            })
    private String finding;

    @Option(
            names = "--interval",
            paramLabel = "DUR",
            defaultValue = "15s",
            description =
                    "From one value to the next, and from one evaluation of the rules. Default: ${DEFAULT-VALUE}.")
    private Duration interval;

    @Option(
            names = "--label",
            paramLabel = "k=v",
            description = "A label of all series; may be repeated. Default: job=openwhisk and instance=<recording>.")
    private Map<String, String> labels = new TreeMap<>();

    @Mixin
    private HistoryOptions options;

    @Override
    public void run() {
        Recording recording = export.recording();
        TargetLabels target = TargetLabels.of(recording.name(), labels);
        RuleFiles files = RuleFiles.read(rules);
        requireAnotherOutput();
        Optional<FoundSubject> found =
                Optional.ofNullable(finding).map(name -> FoundSubject.find(spec, recording, name));
        Optional<Promtool> promtool =
                Promtool.find(Optional.ofNullable(System.getenv("PATH")).orElse(""));
        promtool.ifPresent(asked -> asked.checkRules(rules));
        try (OutputFile file =
                        OutputFile.open(output, recording, spec.commandLine().getOut());
                MetricsHistory history =
                        options.history(recording, Steps.every(interval).silence(SILENCE))) {
            SeriesFilter filter = found.map(FoundSubject::filter).orElse(SeriesFilter.ALL);
            RuleTest test = RuleTest.of(history, interval, target, files, names(), filter);
            requireSeries(test);
            String text = test.text(head(recording, history, found), this::nameInTest, promtool);
            file.stream().write(text.getBytes(UTF_8));
            file.complete();
            report(test, promtool.isPresent());
        } catch (WriterStream.ClosedException e) {
            // Whoever reads has seen enough, as head has.
            return;
        } catch (IOException e) {
            throw OutputFile.failure(output, e);
        }
    }

    private void requireAnotherOutput() {
        for (Path rule : rules) {
            try {
                if (Files.exists(output) && Files.isSameFile(output, rule)) {
                    throw WhisktapeException.refused(
                            "cannot write the test to " + output + ": it is the rule file; name another file");
                }
            } catch (IOException e) {
                throw OutputFile.failure(output, e);
            }
        }
    }

    private Predicate<String> names() {
        return match == null
                ? name -> rules.isEmpty()
                : name -> match.matcher(name).find();
    }

    private void requireSeries(RuleTest test) {
        if (test.series() == 0) {
            throw WhisktapeException.refused("no series of the recording is mentioned in the rules, or matches --match"
                    + (finding == null ? "" : ", and is about " + finding)
                    + "; the names are those of OpenWhisk's user-events, as export openmetrics writes them");
        }
    }

    private List<String> head(Recording recording, MetricsHistory history, Optional<FoundSubject> found) {
        List<String> head = new ArrayList<>();
        head.add("What whisktape recorded in " + Cells.onOneLine(recording.name())
                + ", as user-events would have shown it.");
        head.add("0s is " + history.from().orElseThrow() + ", the end is "
                + history.to().orElseThrow() + ".");
        found.map(FoundSubject::finding).ifPresent(each -> {
            head.add("");
            head.add("Finding " + each.id() + " about "
                    + Cells.onOneLine(each.subject().toString()) + ":");
            head.add(Cells.onOneLine(each.claim()));
        });
        return head;
    }

    /** promtool takes names of rule files from the folder of the test. */
    private String nameInTest(Path rule) {
        Path folder = output.toAbsolutePath().normalize().getParent();
        return folder.relativize(rule.toAbsolutePath().normalize()).toString();
    }

    private void report(RuleTest test, boolean asked) {
        if (RootCommand.of(spec).quiet) {
            return;
        }
        String name = Cells.onOneLine(output.toString());
        String next = name.equals("-") ? "" : "; promtool test rules " + name + " runs the test";
        spec.commandLine().getErr().println(String.format("%,d series are in %s%s", test.series(), name, next));
        if (!asked && !rules.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println("promtool is not on the PATH, so nobody could say what the rules give: what is expected is"
                            + " a skeleton; run it where promtool is, and write down what it got");
        }
    }
}
