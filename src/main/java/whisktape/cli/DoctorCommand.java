package whisktape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import whisktape.source.Check;
import whisktape.source.CouchDoctor;
import whisktape.source.KafkaDoctor;
import whisktape.source.KafkaExamination;
import whisktape.source.KafkaSettings;
import whisktape.source.Remedy;

/** {@code whisktape doctor}: can we record? */
@Command(
        name = "doctor",
        description = {
            "Says whether OpenWhisk can be recorded from here, and which setting to change where it cannot.",
            "It only reads: no consumer group, no topic made, no retry of a wrong password."
        },
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape doctor --kafka localhost:9092 --couchdb http://localhost:5984",
            "",
            "Exit codes: 0 all is well, or there are only warnings, 1 something has to be changed first, 2 wrong usage."
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Option(
            names = "--kafka",
            paramLabel = "H:P",
            converter = AddressConverter.class,
            description = {
                "Kafka's host and port; several separated by commas.",
                "With neither --kafka nor --couchdb: both, at their usual ports of this host."
            })
    private String kafka;

    @Option(names = "--topic", defaultValue = "events", description = "Default: ${DEFAULT-VALUE}.")
    private String topic;

    @Mixin
    private KafkaOptions kafkaOptions;

    @Mixin
    private CouchOptions couchOptions;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        boolean onlyTried = kafka == null && couchOptions.url == null;
        if (onlyTried) {
            kafka = "localhost:9092";
            couchOptions.url = "http://localhost:5984";
        }
        KafkaExamination events = kafka == null
                ? new KafkaExamination(List.of(), List.of())
                : KafkaDoctor.examine(new KafkaSettings(kafka, topic, kafkaOptions.client()));
        List<Check> documents = couchOptions
                .settings(false)
                .map(settings -> CouchDoctor.examine(settings, events.newest()))
                .orElse(List.of());
        List<Check> checks = new ArrayList<>();
        checks.addAll(onlyTried && !isAbsent(documents) ? unlessAbsent(events.checks()) : events.checks());
        checks.addAll(onlyTried && !isAbsent(events.checks()) ? unlessAbsent(documents) : documents);
        print(checks);
        return isWell(checks) ? 0 : 1;
    }

    /** Nobody has asked for this one, and the other can be recorded alone. */
    private static List<Check> unlessAbsent(List<Check> checks) {
        return isAbsent(checks) ? List.of(checks.get(0).asWarning()) : checks;
    }

    private static boolean isAbsent(List<Check> checks) {
        return checks.size() == 1
                && checks.get(0).result() == Check.Result.FAIL
                && Set.of("kafka", "couchdb").contains(checks.get(0).name());
    }

    private static boolean isWell(List<Check> checks) {
        return checks.stream().noneMatch(check -> check.result() == Check.Result.FAIL);
    }

    private void print(List<Check> checks) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Json.print(
                    out,
                    Json.object(
                            "ok",
                            isWell(checks),
                            "checks",
                            checks.stream().map(DoctorCommand::toJson).toList()));
            return;
        }
        for (Check check : checks) {
            out.printf(
                    "%-4s  %-14s  %s%s%n",
                    word(check),
                    check.name(),
                    check.found(),
                    check.remedy().map(remedy -> "; " + remedy).orElse(""));
        }
    }

    private static Map<String, Object> toJson(Check check) {
        Map<String, Object> object = Json.object("check", check.name(), "result", word(check), "found", check.found());
        check.remedy().ifPresent(remedy -> object.put("settings", toJson(remedy)));
        return object;
    }

    private static Map<String, Object> toJson(Remedy remedy) {
        return Json.object(
                "ansible", remedy.ansible(),
                "helm", remedy.helm(),
                "compose", remedy.compose(),
                "standalone", remedy.standalone());
    }

    private static String word(Check check) {
        return check.result().name().toLowerCase(Locale.ROOT);
    }
}
