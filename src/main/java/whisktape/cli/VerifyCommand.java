package whisktape.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import whisktape.recording.Verification;
import whisktape.recording.Verification.Problem;
import whisktape.recording.Verifier;

/** {@code whisktape verify}: is a recording whole? */
@Command(
        name = "verify",
        description = "Checks a recording: checksums, row counts, offsets without holes, manifest against files.",
        footerHeading = "%nExample:%n",
        footer = {
            "  whisktape verify recordings/sample",
            "",
            "Exit codes: 0 whole, 1 failed, 2 wrong usage or refused,",
            "3 something is missing, damaged or unreadable, or there was nothing to verify."
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int PROBLEMS = 3;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "REC", description = "The recording's folder, or its URI.")
    private Path folder;

    @Option(
            names = "--repair",
            description =
                    "First rebuild the manifest from the sealed segments, note as gaps what is lost, merge small segments.")
    private boolean repair;

    @Option(names = "--json", description = "Print one JSON object.")
    private boolean json;

    @Override
    public Integer call() {
        List<String> repaired = repair ? Verifier.repair(folder) : List.of();
        PrintWriter out = spec.commandLine().getOut();
        if (!json) {
            repaired.forEach(out::println);
        }
        Verification found = Verifier.verify(folder);
        if (json) {
            printJson(found, out);
        } else {
            printText(found, out);
        }
        return found.isOk() ? 0 : PROBLEMS;
    }

    private void printText(Verification found, PrintWriter out) {
        for (Problem problem : found.problems()) {
            out.println((problem.segment() == null ? "" : problem.segment() + " ") + problem.what());
        }
        out.printf(
                "%s: %s in %s segments read back%s%n",
                found.isOk() ? "whole" : "not whole",
                rows(found),
                segments(found),
                found.isOk() ? accounted(found) : "");
    }

    private static String rows(Verification found) {
        String events = "%,d events".formatted(found.events());
        return found.documents() == 0 ? events : events + " and %,d activations".formatted(found.documents());
    }

    /** Of what is damaged nobody knows the rows. */
    private static String segments(Verification found) {
        String all = "%,d".formatted(found.segments());
        return found.segmentsRead() == found.segments() ? all : "%,d of ".formatted(found.segmentsRead()) + all;
    }

    private static String accounted(Verification found) {
        return found.documents() == 0
                ? ", every offset accounted for"
                : ", every offset and every change accounted for";
    }

    private static void printJson(Verification found, PrintWriter out) {
        List<Map<String, Object>> problems = found.problems().stream()
                .map(problem -> Json.object("segment", problem.segment(), "what", problem.what()))
                .toList();
        Json.print(
                out,
                Json.object(
                        "ok", found.isOk(), "segments", found.segments(), "rows", found.rows(), "problems", problems));
    }
}
