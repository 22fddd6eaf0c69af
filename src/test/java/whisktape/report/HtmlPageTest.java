package whisktape.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.WhisktapeException;
import whisktape.analysis.Column;
import whisktape.analysis.QueryFile;
import whisktape.statistics.Interval;

final class HtmlPageTest {
    /** Names that would end the data, begin a comment or a script, or are no text at all. */
    private static final List<String> HOSTILE = List.of(
            "</script><img src=x onerror=alert(1)>",
            "<!--<script>",
            "]]>&amp;&#x3c;",
            "\u2028\u2029\u0000\u202e",
            "half a pair \ud83d",
            "back\\slash \"quote\" 'quote'");

    private static final Pattern DATA =
            Pattern.compile("(?s)<script id=\"data\" type=\"application/json\">(.*?)</script>");

    @TempDir
    private Path folder;

    @Test
    void everyNameComesBackFromTheDataAsItWas() throws IOException {
        for (String name : HOSTILE) {
            JsonNode data = data(written(report(name), List.of()));

            assertThat(data.get("recording").asText()).isEqualTo(name);
            assertThat(data.at("/findings/0/claim").asText()).isEqualTo(name);
            assertThat(data.at("/findings/0/subject/action").asText()).isEqualTo(name);
            assertThat(data.at("/sections/0/columns/0/texts/0").asText()).isEqualTo(name);
        }
    }

    @Test
    void noNameAddsAnElementToThePage() throws IOException {
        String plain = Files.readString(written(report("guest/hello"), List.of()));

        for (String name : HOSTILE) {
            assertThat(Files.readString(written(report(name), List.of())).split("<", -1))
                    .as(name)
                    .hasSameSizeAs(plain.split("<", -1));
        }
    }

    @Test
    void thePolicyLetsOnlyItsOwnScriptsAndStyleRun() throws Exception {
        String page = Files.readString(written(report("guest/hello"), List.of()));
        List<String> inside = new ArrayList<>();
        for (String element : List.of("script", "style")) {
            Matcher found =
                    Pattern.compile("(?s)<%1$s>(.*?)</%1$s>".formatted(element)).matcher(page);
            while (found.find()) {
                inside.add("'sha256-"
                        + Base64.getEncoder()
                                .encodeToString(MessageDigest.getInstance("SHA-256")
                                        .digest(found.group(1).getBytes(StandardCharsets.UTF_8)))
                        + "'");
            }
        }

        assertThat(inside).hasSize(3);
        assertThat(page)
                .contains("content=\"default-src 'none'; script-src " + inside.get(0) + " " + inside.get(1)
                        + "; style-src " + inside.get(2)
                        + "; img-src data:; base-uri 'none'; form-action 'none'\"")
                .doesNotContain("{{");
    }

    @Test
    void aTextOfAColumnStandsThereOnce() throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            rows.add(Arrays.asList("a name that comes again and again", i % 2 == 0 ? (Object) 1.5 : null));
        }
        JsonNode column = data(written(report("r"), List.of(section("-- Many.\nSELECT 1", rows))))
                .at("/charts/0/columns");

        assertThat(column.at("/0/texts")).hasSize(1);
        assertThat(column.at("/0/values")).hasSize(1_000);
        assertThat(column.at("/1/values/0").doubleValue()).isEqualTo(1.5);
        assertThat(column.at("/1/values/1").isNull()).isTrue();
    }

    @Test
    void cutsWhatIsTooLongToBeAName() throws IOException {
        JsonNode data = data(written(report("x".repeat(1_000_000)), List.of()));

        assertThat(data.get("recording").asText()).hasSize(1_001).endsWith("…");
    }

    @Test
    void theSameReportIsTheSameFile() throws IOException {
        assertThat(written(report("r"), List.of())).hasSameBinaryContentAs(written(report("r"), List.of()));
    }

    @Test
    void aFolderIsRefusedAndNothingIsLeftBehind() throws IOException {
        assertThatThrownBy(() -> HtmlPage.write(folder, report("r"), List.of()))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("that is a folder");
        assertThatThrownBy(() -> HtmlPage.write(folder.resolve("not/there.html"), report("r"), List.of()))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("does its folder exist");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).isEmpty();
        }
    }

    private Path written(Report report, List<Section> charts) throws IOException {
        Path file = Files.createTempFile(folder, "page", ".html");
        HtmlPage.write(file, report, charts);
        return file;
    }

    private static JsonNode data(Path page) throws IOException {
        Matcher found = DATA.matcher(Files.readString(page));
        assertThat(found.find()).isTrue();
        return new ObjectMapper().readTree(found.group(1));
    }

    private static Report report(String name) {
        Quality quality = new Quality(
                1, 1, Map.of(), Map.of("events", 1L), 0, 0, List.of(), Optional.empty(), Optional.empty(), 1, 2, 3);
        Finding finding = new Finding(
                "R02",
                name,
                5_000,
                0.5,
                7,
                Optional.of(new Interval(1, 2)),
                "measured",
                Map.of("action", name),
                name,
                "cold-starts");
        return new Report(
                name,
                "0",
                quality,
                List.of(finding),
                List.of(section("-- A table.\n-- Report: R02 Cold starts\nSELECT 1", List.of(List.of(name, 1.0)))));
    }

    private static Section section(String sql, List<List<Object>> rows) {
        return new Section(
                "query",
                QueryFile.typed(sql).header(),
                List.of(new Column("action", false), new Column("wait_ms", true)),
                rows,
                0);
    }
}
