package whisktape.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.stream.Collectors;
import whisktape.Version;
import whisktape.WhisktapeException;

/**
 * A report as one file for a browser, with its style, scripts and data inside.
 *
 * <p>Names in it may be anybody's. They reach the page as {@link PageData}, which no name can end, and its scripts show them as text only.
 * Should that ever fail, the page's policy lets nothing run but these scripts, told by their hashes, and nothing be fetched at all.
 */
public final class HtmlPage {
    private static final String FOLDER = "/report/";

    /** Chart.js as its web jar holds it, and what the browser looks for beside it when somebody debugs. */
    private static final String CHARTS =
            "/META-INF/resources/webjars/chart.js/" + Version.CHART_JS + "/dist/chart.umd.min.js";

    private static final String SOURCE_MAP = "(?m)^//# sourceMappingURL=.*$";

    /** In the order in which they build on each other. */
    private static final List<String> SCRIPTS =
            List.of("text.js", "data.js", "tables.js", "drawing.js", "charts.js", "page.js");

    private static final String DATA = "{{data}}";

    private HtmlPage() {}

    /**
     * Writes the page under another name first, so that the file is there wholly or not at all.
     *
     * @param charts what its charts are drawn of, by the names of their queries
     */
    public static void write(Path file, Report report, List<Section> charts) {
        if (Files.isDirectory(file)) {
            throw WhisktapeException.refused("cannot write the page to " + file
                    + ": that is a folder; name a file, such as " + file.resolve("report.html"));
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        try {
            try (Writer out = Files.newBufferedWriter(draft)) {
                print(out, report, charts);
            }
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot write the page to " + file + ": " + e + "; does its folder exist, and is there room?", e);
        }
    }

    static void print(Writer out, Report report, List<Section> charts) throws IOException {
        String style = resource(FOLDER + "style.css");
        String library = resource(CHARTS).replaceAll(SOURCE_MAP, "");
        String script = SCRIPTS.stream().map(name -> resource(FOLDER + name)).collect(Collectors.joining("\n"));
        String page = resource(FOLDER + "page.html")
                .replace("{{style-hash}}", hash(style))
                .replace("{{library-hash}}", hash(library))
                .replace("{{script-hash}}", hash(script))
                .replace("{{style}}", style)
                .replace("{{library}}", library)
                .replace("{{script}}", script);
        int data = page.indexOf(DATA);
        out.write(page, 0, data);
        PageData.write(out, report, charts);
        out.write(page.substring(data + DATA.length()));
    }

    private static String resource(String name) {
        try (InputStream in = HtmlPage.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a Content-Security-Policy names an inline script or style. */
    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
