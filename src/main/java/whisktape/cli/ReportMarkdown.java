package whisktape.cli;

import java.io.PrintWriter;
import java.util.List;
import whisktape.Gap;
import whisktape.report.Finding;
import whisktape.report.Quality;
import whisktape.report.Report;
import whisktape.report.Section;

/** A report as Markdown, for an issue or a wiki. */
final class ReportMarkdown {
    private final PrintWriter out;

    ReportMarkdown(PrintWriter out) {
        this.out = out;
    }

    void print(Report report) {
        out.println("# " + text(report.recording()));
        out.println();
        quality(report.quality());
        out.println();
        out.println("## Findings");
        out.println();
        if (report.findings().isEmpty()) {
            out.println("None.");
        }
        ShownFindings findings = ShownFindings.of(report);
        for (ShownFindings.Numbered each : findings.shown()) {
            Finding finding = each.finding();
            out.println(each.number() + ". **" + text(finding.claim()) + "**<br>"
                    + text(String.join(", ", ReportText.evidence(finding))) + "<br>"
                    + "Next: " + text(finding.next()));
        }
        if (!findings.more().isEmpty()) {
            out.println();
            out.println("… " + findings.more() + "; `--findings` shows all.");
        }
        for (Section section : report.sections()) {
            section(section);
        }
    }

    private void quality(Quality quality) {
        line("Activations", QualityLines.activations(quality));
        line("Left out", QualityLines.leftOut(quality));
        line("Doubtful", QualityLines.doubtful(quality));
        for (Gap gap : quality.gaps()) {
            line("Gap", List.of(gap.what() + ": " + gap.reason()));
        }
        line("Time", QualityLines.time(quality));
    }

    private void line(String name, List<String> parts) {
        out.println("- " + name + ": " + text(String.join(", ", parts)));
    }

    private void section(Section section) {
        out.println();
        out.println("## " + text(ReportText.title(section)));
        out.println();
        out.println("`" + text(section.query()) + "`: " + text(section.header().answers()));
        out.println();
        MarkdownWriter rows = new MarkdownWriter(out, section.columns());
        section.rows().forEach(rows::row);
        rows.end();
        if (section.more() > 0) {
            out.println();
            out.println("%,d more rows.".formatted(section.more()));
        }
    }

    private static String text(String text) {
        return MarkdownWriter.escaped(text);
    }
}
