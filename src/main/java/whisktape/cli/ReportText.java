package whisktape.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import whisktape.Gap;
import whisktape.report.Finding;
import whisktape.report.Quality;
import whisktape.report.Report;
import whisktape.report.Section;

/** A report for the terminal: how good the data are, what was found, then the sections. */
final class ReportText {
    private static final int ROWS = 5;

    private static final String INDENT = "    ";

    private final PrintWriter out;
    private final String folder;

    /** @param folder the recording as the user would type it */
    ReportText(PrintWriter out, String folder) {
        this.out = out;
        this.folder = folder;
    }

    void print(Report report) {
        quality(report);
        findings(report);
        if (report.sections().isEmpty()) {
            return;
        }
        out.println();
        out.println("SECTIONS, the first rows of %d tables"
                .formatted(report.sections().size()));
        out.println();
        Wrapped.print(out, INDENT, "All rows of one: whisktape analyze " + folder + " NAME. None of them: --findings.");
        String title = "";
        for (Section section : report.sections()) {
            if (!section.rows().isEmpty()) {
                title = title(section, title);
                section(section);
            }
        }
        nothingToShow(report.sections());
    }

    private void quality(Report report) {
        Quality quality = report.quality();
        out.println("Recording " + Cells.onOneLine(report.recording()));
        out.println();
        Wrapped.print(out, "activations  ", ", ", QualityLines.activations(quality));
        Wrapped.print(out, "left out     ", ", ", QualityLines.leftOut(quality));
        Wrapped.print(out, "doubtful     ", ", ", QualityLines.doubtful(quality));
        for (Gap gap : quality.gaps()) {
            Wrapped.print(out, "gap          ", gap.what() + ": " + gap.reason());
        }
        Wrapped.print(out, "time         ", ", ", QualityLines.time(quality));
    }

    private void findings(Report report) {
        out.println();
        out.println("FINDINGS, most time at stake first");
        if (report.findings().isEmpty()) {
            out.println();
            Wrapped.print(
                    out,
                    INDENT,
                    report.quality().baseSet() == 0
                            ? "Nothing ran that could be judged."
                            : "None: no check found anything that would save half a per cent of the time above.");
        }
        ShownFindings findings = ShownFindings.of(report);
        for (ShownFindings.Numbered each : findings.shown()) {
            out.println();
            finding(each.number(), each.finding());
        }
        if (!findings.more().isEmpty()) {
            out.println();
            Wrapped.print(out, "", "… " + findings.more() + "; --findings shows all");
        }
    }

    private void finding(int number, Finding finding) {
        Wrapped.print(out, String.format(Locale.ROOT, "%2d. ", number), finding.claim());
        Wrapped.print(out, INDENT, ", ", evidence(finding));
        Wrapped.print(out, INDENT + "Next: ", finding.next());
        out.println(INDENT + "$ whisktape analyze " + folder + " " + finding.query());
    }

    /** What stands behind a claim, in parts of a sentence. */
    static List<String> evidence(Finding finding) {
        List<String> parts = new ArrayList<>();
        parts.add(finding.id());
        parts.add(
                finding.atStakeMs() == 0
                        ? "no time at stake"
                        : String.format(
                                Locale.ROOT,
                                "%s at stake (%.1f %%)",
                                Lengths.ofMs(finding.atStakeMs()),
                                100 * finding.share()));
        if (finding.ci95().isEmpty() && finding.atStakeMs() > 0) {
            parts.add("no interval");
        }
        finding.ci95()
                .ifPresent(
                        ci -> parts.add("95 % between " + Lengths.ofMs(ci.low()) + " and " + Lengths.ofMs(ci.high())));
        parts.add(String.format(Locale.ROOT, "n %,d", finding.n()));
        parts.add(finding.confidence());
        for (Map.Entry<String, String> subject : finding.subject().entrySet()) {
            parts.add(subject.getKey() + " " + subject.getValue());
        }
        return parts;
    }

    /** Sections of one report stand under one title. */
    private String title(Section section, String before) {
        String title =
                section.header().report().orElse("") + " " + section.header().reportTitle();
        if (!title.equals(before)) {
            out.println();
            out.println(Cells.onOneLine(title));
        }
        return title;
    }

    static String title(Section section) {
        return section.header().report().orElse("") + " " + section.header().reportTitle();
    }

    private void section(Section section) {
        out.println();
        Wrapped.print(out, "", section.query() + ": " + section.header().answers());
        out.println();
        List<List<Object>> rows =
                section.rows().subList(0, Math.min(ROWS, section.rows().size()));
        List<String> without = new ReportTable(section.columns(), rows).print(out, "");
        long more = section.rows().size() - rows.size() + section.more();
        if (more > 0 || !without.isEmpty()) {
            List<String> what = new ArrayList<>();
            if (more > 0) {
                what.add(String.format(Locale.ROOT, "%,d more rows", more));
            }
            if (!without.isEmpty()) {
                what.add("no room for " + String.join(", ", without));
            }
            Wrapped.print(out, "", "… " + String.join("; ", what));
        }
        if (!section.header().next().isEmpty()) {
            Wrapped.print(out, "Next: ", section.header().next());
        }
    }

    private void nothingToShow(List<Section> sections) {
        String names = sections.stream()
                .filter(section -> section.rows().isEmpty())
                .map(Section::query)
                .collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            out.println();
            Wrapped.print(out, "Nothing to show in ", ", ", List.of(names.split(", ")));
        }
    }
}
