package whisktape.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.prometheus.client.exporter.common.TextFormat;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import whisktape.WhisktapeException;

/**
 * Serves metrics to Prometheus as user-events does: {@code /metrics} in the text format, compressed if asked, and {@code /ping}; on
 * 127.0.0.1 only.
 */
public final class MetricsEndpoint implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final UserEventMetrics metrics;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "whisktape-metrics");
        thread.setDaemon(true);
        return thread;
    });

    private MetricsEndpoint(UserEventMetrics metrics, HttpServer server) {
        this.metrics = metrics;
        this.server = server;
    }

    /** Serves at this port, or at a free one for 0. Throws {@link WhisktapeException} where the port is taken. */
    public static MetricsEndpoint start(UserEventMetrics metrics, int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(HOST), port);
            MetricsEndpoint endpoint = new MetricsEndpoint(metrics, HttpServer.create(address, 0));
            endpoint.server.setExecutor(endpoint.threads);
            endpoint.server.createContext("/", endpoint::handle);
            endpoint.server.start();
            return endpoint;
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot listen at " + HOST + ":" + port + ": " + e.getMessage()
                            + "; stop what listens there or choose another port",
                    e);
        }
    }

    /** {@code http://127.0.0.1:9095/metrics}. */
    public String url() {
        return "http://" + HOST + ":" + server.getAddress().getPort() + "/metrics";
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            switch (exchange.getRequestURI().getPath()) {
                case "/metrics" -> answerMetrics(exchange);
                case "/ping" -> answer(exchange, 200, "pong");
                default -> answer(exchange, 404, "there are /metrics and /ping\n");
            }
        }
    }

    private void answerMetrics(HttpExchange exchange) throws IOException {
        boolean gzip = Optional.ofNullable(exchange.getRequestHeaders().getFirst("Accept-Encoding"))
                .filter(accepted -> accepted.contains("gzip"))
                .isPresent();
        exchange.getResponseHeaders().set("Content-Type", TextFormat.CONTENT_TYPE_004);
        if (gzip) {
            exchange.getResponseHeaders().set("Content-Encoding", "gzip");
        }
        exchange.sendResponseHeaders(200, 0);
        OutputStream body = exchange.getResponseBody();
        try (Writer writer = new OutputStreamWriter(gzip ? new GZIPOutputStream(body, 1 << 14) : body, UTF_8)) {
            metrics.writeText(writer);
        }
    }

    private static void answer(HttpExchange exchange, int status, String text) throws IOException {
        byte[] bytes = text.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
