package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogEntry;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;
import whisktape.cli.CommandRun;
import whisktape.lab.SimulatedAction;
import whisktape.lab.SimulatedBottleneck;
import whisktape.lab.SimulatedLoad;
import whisktape.lab.SimulatedTarget;
import whisktape.lab.SimulatedTime;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** The page of {@code analyze --html} in a real Chromium, made of a recording in which names are markup. */
final class HtmlReportIT {
    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");

    private static final String HOSTILE = "shop/<img src=x onerror=alert(1)>";
    private static final String HOSTILE_SEQUENCE = "shop/'\"><svg onload=alert(2)>";

    /** In this order on the page. */
    private static final List<String> CHARTS =
            List.of("time", "latency", "load", "response", "invokers", "skew", "gap", "waterfall", "errors");

    private static final String PIXELS = """
            return [...document.querySelectorAll('#%s canvas')].map((canvas) => {
              const seen = new Set(new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer));
              return seen.size;
            });""";

    @TempDir
    static Path folder;

    private static Path page;
    private static ChromeDriver browser;

    @BeforeAll
    static void makeThePage() {
        Real.require(
                "Chromium and its driver (apt-get install chromium chromium-driver)",
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER));
        SimulationPlan plan = SimulationPlan.calm().lasting(Duration.ofMinutes(4));
        for (SimulatedBottleneck bottleneck : SimulatedBottleneck.ofEachKind()) {
            plan = plan.plant(bottleneck);
        }
        plan = plan.with(SimulatedAction.primitive(HOSTILE, SimulatedTime.lognormal(200, 0.5)))
                .with(new SimulatedAction.Sequence(HOSTILE_SEQUENCE, List.of(HOSTILE, "shop/cart")))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("shop", HOSTILE), 5))
                .with(new SimulatedLoad.Open(SimulatedTarget.of("shop", HOSTILE_SEQUENCE), 1));
        SimulationRecording.write(folder.resolve("rec"), plan, 1);
        page = folder.resolve("report.html");

        CommandRun run = CommandRun.of("analyze", folder.resolve("rec").toString(), "--html", page.toString());

        assertThat(run.err()).isEqualTo("The page is in " + page + "\n");
        assertThat(run.exitCode()).isZero();
        browser = chromium();
    }

    private static ChromeDriver chromium() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toFile());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--window-size=1280,800",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        // With the driver's path given, Selenium looks for none elsewhere.
        System.setProperty("webdriver.chrome.driver", DRIVER.toString());
        return new ChromeDriver(options);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.quit();
        }
    }

    @BeforeEach
    void openThePage() {
        browser.executeCdpCommand("Emulation.setEmulatedMedia", Map.of("features", List.of()));
        browser.get("about:blank");
        log(LogType.BROWSER);
        log(LogType.PERFORMANCE);
        browser.get(page.toUri().toString());
    }

    @Test
    void opensWithoutAnErrorAndAsksForNothing() {
        assertThat(text("html[data-ready] h1")).isEqualTo("rec");
        assertThat(log(LogType.BROWSER)).isEmpty();
        assertThat(log(LogType.PERFORMANCE))
                .filteredOn(entry -> entry.contains("\"Network.requestWillBeSent\""))
                .allMatch(entry ->
                        entry.contains("\"url\":\"" + page.toUri() + "\"") || entry.contains("\"url\":\"data:,"));
        assertThat(
                        script(
                                "return performance.getEntriesByType('resource').filter((e) => !e.name.startsWith('data:')).length"))
                .isEqualTo(0L);
    }

    @Test
    void letsNoRequestLeaveEvenIfSomebodyTries() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.incrementAndGet();
            exchange.sendResponseHeaders(204, -1);
            exchange.close();
        });
        server.start();
        try {
            Object refused = browser.executeAsyncScript(
                    """
                    const [address, done] = arguments;
                    const image = new Image();
                    image.onerror = () => fetch(address).then(() => done('got through'), () => done('refused'));
                    image.onload = () => done('got through');
                    image.src = address;""", "http://127.0.0.1:" + server.getAddress().getPort() + "/");

            assertThat(refused).isEqualTo("refused");
            assertThat(requests).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void drawsEveryChart() {
        for (String chart : CHARTS) {
            assertThat((List<?>) script(PIXELS.formatted(chart)))
                    .as(chart)
                    .isNotEmpty()
                    .allSatisfy(colours -> assertThat((Long) colours).isGreaterThan(3));
        }
    }

    @Test
    void findingsComeFirstAndLeadToTheirCharts() {
        List<WebElement> findings = browser.findElements(By.cssSelector("#findings li"));
        assertThat(findings).isNotEmpty();
        assertThat(findings.get(0).getRect().getY()).isLessThan(400);

        findings.get(0).findElement(By.linkText("chart")).click();

        assertThat(browser.getCurrentUrl()).contains("#at=");
        assertThat(script("return document.querySelector('.card.shown').getBoundingClientRect().top < innerHeight"))
                .isEqualTo(true);
    }

    @Test
    void aNameThatIsMarkupIsShownAsText() {
        script("document.querySelectorAll('details').forEach((each) => (each.open = true))");
        script("document.querySelectorAll('button.more').forEach((each) => each.click())");

        assertThat(script("return document.querySelectorAll('img, svg, body script').length"))
                .isEqualTo(3L);
        assertThat(script(
                        "return [...document.querySelectorAll('td')].some((cell) => cell.textContent === arguments[0])",
                        HOSTILE))
                .isEqualTo(true);
        assertThat(labels("time")).contains(HOSTILE);
        assertThat(log(LogType.BROWSER)).isEmpty();
    }

    @Test
    void theFilterLimitsChartsTablesAndFindingsAndStaysInTheAddress() {
        browser.findElement(By.id("action")).sendKeys(HOSTILE);

        assertThat(labels("time")).containsExactly(HOSTILE);
        assertThat(script("""
                return SECTIONS.filter((table) => table.actions.length > 0 && !table.names.includes('other_action'))
                  .every((table) => table.rowsFor(PAGE.filter).every((row) => table.actions.some((name) => row[name] === arguments[0])))""", HOSTILE)).isEqualTo(true);
        assertThat(script("return PAGE.views[0].size.textContent").toString()).contains(" of ");

        browser.navigate().refresh();

        assertThat(browser.findElement(By.id("action")).getDomProperty("value")).isEqualTo(HOSTILE);
        assertThat(labels("time")).containsExactly(HOSTILE);

        browser.findElement(By.id("clear")).click();

        assertThat(labels("time")).hasSizeGreaterThan(5);
        assertThat(browser.getCurrentUrl()).doesNotContain("action=");
    }

    @Test
    void filtersByNamespace() {
        browser.findElement(By.cssSelector("#namespace option[value=billing]")).click();

        assertThat(labels("time")).isNotEmpty().allMatch(label -> label.startsWith("billing/"));
        assertThat(browser.getCurrentUrl()).endsWith("#namespace=billing");
    }

    @Test
    void tablesSortByClickAndByKey() {
        WebElement table = browser.findElement(By.cssSelector("#table-time-by-action, #tables details"));
        table.findElement(By.tagName("summary")).click();
        WebElement head = table.findElement(By.cssSelector("th.number"));

        head.findElement(By.tagName("button")).click();
        assertThat(head.getDomAttribute("aria-sort")).isEqualTo("descending");
        List<Double> descending = numbers(table);
        assertThat(descending).isNotEmpty().isSortedAccordingTo((a, b) -> Double.compare(b, a));

        head.findElement(By.tagName("button")).sendKeys(Keys.ENTER);
        assertThat(head.getDomAttribute("aria-sort")).isEqualTo("ascending");
        assertThat(numbers(table)).isSorted();
    }

    @Test
    void isLightOrDarkAsTheSystemSaysOrTheReader() {
        prefer("light");
        String light = background();
        prefer("dark");
        String dark = background();
        assertThat(dark).isNotEqualTo(light);

        browser.findElement(By.id("theme")).click();

        assertThat(background()).isEqualTo(light);
        assertThat((List<?>) script(PIXELS.formatted("time")))
                .allSatisfy(colours -> assertThat((Long) colours).isGreaterThan(3));
    }

    private static void prefer(String scheme) {
        browser.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    private static String background() {
        return browser.findElement(By.tagName("body")).getCssValue("background-color");
    }

    private static List<String> labels(String chart) {
        return ((List<?>) script("return Chart.getChart(document.querySelector('#" + chart + " canvas')).data.labels"))
                .stream().map(Object::toString).toList();
    }

    /** Of the first column of numbers. */
    private static List<Double> numbers(WebElement table) {
        return ((List<?>) script(
                        "return [...arguments[0].querySelectorAll('tbody tr')].map((row) => row.querySelector('td.number').textContent)",
                        table))
                .stream()
                        .map(text -> Double.valueOf(text.toString().replaceAll("[^0-9.]", "")))
                        .toList();
    }

    private static String text(String selector) {
        return browser.findElement(By.cssSelector(selector)).getText();
    }

    private static Object script(String script, Object... arguments) {
        return browser.executeScript(script, arguments);
    }

    private static List<String> log(String type) {
        return StreamSupport.stream(browser.manage().logs().get(type).spliterator(), false)
                .map(LogEntry::getMessage)
                .toList();
    }
}
