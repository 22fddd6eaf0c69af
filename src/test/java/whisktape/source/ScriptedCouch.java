package whisktape.source;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;
import javax.net.ssl.SSLContext;
import whisktape.lab.EmbeddedCouch;

/** Stands before an {@link EmbeddedCouch}, remembers what is asked, and fails when it is told to. */
final class ScriptedCouch implements AutoCloseable {
    private final EmbeddedCouch behind;
    private final HttpServer server;
    private final String scheme;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Script> scripts = new CopyOnWriteArrayList<>();

    private ScriptedCouch(EmbeddedCouch behind, HttpServer server, String scheme) {
        this.behind = behind;
        this.server = server;
        this.scheme = scheme;
        server.createContext("/", this::handle);
        server.setExecutor(threads);
        server.start();
    }

    /** What happens to a request instead of being answered. */
    interface Fault {
        void happenTo(HttpExchange exchange, ScriptedCouch couch) throws IOException, InterruptedException;
    }

    private record Script(String part, Fault fault, boolean once) {}

    static ScriptedCouch before(EmbeddedCouch couch) throws IOException {
        return new ScriptedCouch(couch, HttpServer.create(anyPort(), 0), "http");
    }

    static ScriptedCouch before(EmbeddedCouch couch, SSLContext tls) throws IOException {
        HttpsServer server = HttpsServer.create(anyPort(), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(tls));
        return new ScriptedCouch(couch, server, "https");
    }

    String url() {
        return scheme + "://localhost:" + server.getAddress().getPort();
    }

    /** All requests so far that contain this: {@code GET /path?query } with a blank behind. */
    List<String> requests(String part) {
        return requests.stream().filter(request -> request.contains(part)).toList();
    }

    /** The next request that contains this meets the fault. */
    void next(String part, Fault fault) {
        scripts.add(new Script(part, fault, true));
    }

    /** All requests that contain this meet the fault, until all is well again. */
    void always(String part, Fault fault) {
        scripts.add(new Script(part, fault, false));
    }

    void allIsWell() {
        scripts.clear();
    }

    static Fault status(int status, String body) {
        return (exchange, couch) -> answer(exchange, status, body.getBytes(StandardCharsets.UTF_8));
    }

    static Fault retryAfter(int seconds) {
        return (exchange, couch) -> {
            exchange.getResponseHeaders().set("Retry-After", Integer.toString(seconds));
            answer(exchange, 429, new byte[0]);
        };
    }

    /** The right answer, cut within so many bytes, as a server that is killed cuts it. */
    static Fault cutAfter(int bytes) {
        return (exchange, couch) -> {
            byte[] body = couch.forwarded(exchange).body().readAllBytes();
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(body, 0, Math.min(bytes, body.length - 1));
            exchange.getResponseBody().flush();
            // Without closing the body there is no last chunk.
            exchange.close();
        };
    }

    /** The right answer, with its text changed. */
    static Fault changed(UnaryOperator<String> change) {
        return (exchange, couch) -> {
            HttpResponse<InputStream> response = couch.forwarded(exchange);
            String body = new String(response.body().readAllBytes(), StandardCharsets.ISO_8859_1);
            answer(exchange, response.statusCode(), change.apply(body).getBytes(StandardCharsets.ISO_8859_1));
        };
    }

    /** The right answer, once somebody lets it go; {@code arrived} says that the request is here. */
    static Fault held(CountDownLatch arrived, CountDownLatch release) {
        return (exchange, couch) -> {
            arrived.countDown();
            release.await();
            couch.forward(exchange);
        };
    }

    /** The right answer, and then something happens before the answer is sent. */
    static Fault thenBefore(Runnable what) {
        return (exchange, couch) -> {
            HttpResponse<InputStream> response = couch.forwarded(exchange);
            byte[] body = response.body().readAllBytes();
            what.run();
            answer(exchange, response.statusCode(), body);
        };
    }

    /** The beginning of a body, and then nothing any more. */
    static Fault silence(CountDownLatch release) {
        return (exchange, couch) -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{\"results\":[\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            release.await();
            exchange.close();
        };
    }

    /** A page of one row whose document has so many bytes and more. */
    static Fault hugeDocument(long bytes) {
        return (exchange, couch) -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream out = exchange.getResponseBody();
            out.write(
                    "{\"results\":[\n{\"seq\":\"1-a\",\"id\":\"a\",\"doc\":{\"x\":\"".getBytes(StandardCharsets.UTF_8));
            byte[] some = "x".repeat(1 << 16).getBytes(StandardCharsets.UTF_8);
            for (long written = 0; written < bytes; written += some.length) {
                out.write(some);
            }
            out.write("\"}}\n],\n\"last_seq\":\"1-a\",\"pending\":0}\n".getBytes(StandardCharsets.UTF_8));
            exchange.close();
        };
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String request = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " ";
        requests.add(request);
        try {
            for (Script script : scripts) {
                if (request.contains(script.part()) && (!script.once() || scripts.remove(script))) {
                    script.fault().happenTo(exchange, this);
                    return;
                }
            }
            forward(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    private void forward(HttpExchange exchange) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = forwarded(exchange);
        response.headers()
                .firstValue("Set-Cookie")
                .ifPresent(cookie -> exchange.getResponseHeaders().set("Set-Cookie", cookie));
        exchange.sendResponseHeaders(response.statusCode(), 0);
        try (InputStream in = response.body();
                OutputStream out = exchange.getResponseBody()) {
            byte[] buffer = new byte[1 << 16];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
        }
    }

    private HttpResponse<InputStream> forwarded(HttpExchange exchange) throws IOException, InterruptedException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(behind.url() + exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String name : List.of("Authorization", "Cookie", "Content-Type")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        return client.send(request.build(), BodyHandlers.ofInputStream());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private static InetSocketAddress anyPort() throws IOException {
        return new InetSocketAddress(InetAddress.getByName("localhost"), 0);
    }
}
