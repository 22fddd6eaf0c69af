package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.awaitility.Awaitility;

/** PouchDB Server as a process of its own, with an activations database in its memory; {@code .ci/run} installs it. */
public final class PouchServer implements AutoCloseable {
    static final Path INSTALLED = Path.of("src/test/pouchdb/node_modules/.bin/pouchdb-server");

    private static final String DATABASE = "whisk_local_activations";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String server;
    private final Process process;

    private PouchServer(int port, Process process) {
        this.server = "http://127.0.0.1:" + port;
        this.process = process;
    }

    /** Starts one, where it is installed. */
    public static PouchServer start(Path folder) throws IOException, InterruptedException {
        Real.require("PouchDB Server (npm ci --prefix src/test/pouchdb installs it)", Files.exists(INSTALLED));
        int port = FreePort.tcp();
        Process process = new ProcessBuilder(
                        INSTALLED.toAbsolutePath().toString(),
                        "--port",
                        Integer.toString(port),
                        "--host",
                        "127.0.0.1",
                        "--in-memory",
                        "--no-stdout-logs",
                        "--config",
                        "config.json")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pouchdb.log").toFile())
                .start();
        PouchServer started = new PouchServer(port, process);
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .ignoreExceptions()
                .until(() -> started.send("GET", "/", "").statusCode() == 200);
        assertThat(started.send("PUT", "/" + DATABASE, "").statusCode()).isEqualTo(201);
        return started;
    }

    /** What {@code record --couchdb} takes. */
    public String url() {
        return server + "/" + DATABASE;
    }

    /** Writes the activations with these numbers in one request. */
    public void put(long from, long until) throws IOException, InterruptedException {
        put(from, until, 10);
    }

    /** The same, with so many characters in each result. */
    public void put(long from, long until, int payload) throws IOException, InterruptedException {
        String documents = LongStream.range(from, until)
                .mapToObj(number -> document(number, payload))
                .collect(Collectors.joining(","));
        HttpResponse<String> answer = send("POST", "/" + DATABASE + "/_bulk_docs", "{\"docs\":[" + documents + "]}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    }

    /** The record of an activation as OpenWhisk writes it; its id is the one of {@link Topic#event} with this number. */
    static String document(long number) {
        return document(number, 10);
    }

    private static String document(long number, int payload) {
        String id = Topic.activationId(number);
        return """
                {"_id":"guest/%1$s","entityType":"activation","activationId":"%1$s","namespace":"guest","name":"hello",\
                "version":"0.0.1","subject":"guest","start":%2$d,"end":%3$d,"duration":3,"updated":%3$d,"publish":false,\
                "response":{"statusCode":0,"result":{"greeting":"%4$s"},"size":27},"logs":[],"annotations":[\
                {"key":"path","value":"guest/hello"},{"key":"waitTime","value":42},{"key":"kind","value":"nodejs:20"},\
                {"key":"timeout","value":false},\
                {"key":"limits","value":{"concurrency":1,"logs":10,"memory":256,"timeout":60000}}]}""".formatted(id, 1_795_427_079_000L + number, 1_795_427_079_003L + number, text(number, payload));
    }

    /** Hexadecimal digits that do not repeat, so that no compression makes them free. */
    private static String text(long seed, int length) {
        StringBuilder text = new StringBuilder(length + 16);
        for (SplittableRandom random = new SplittableRandom(seed); text.length() < length; ) {
            text.append(Long.toHexString(random.nextLong()));
        }
        text.setLength(length);
        return text.toString();
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(server + path))
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
