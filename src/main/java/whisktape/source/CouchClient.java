package whisktape.source;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Sends requests to one CouchDB server, with the credentials in the way that was asked for. A cookie that was good and is not
 * any more is renewed once; nothing else is tried again here, because six wrong passwords lock an account.
 */
final class CouchClient {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int SMALL_BYTES = 1 << 20;
    private static final long MOST_RETRY_SECONDS = 300;

    private final CouchSettings settings;
    private final CouchTimings timings;
    private final HttpClient http;
    private volatile Optional<String> cookie = Optional.empty();

    /** Connects when the first request is sent. Throws {@link whisktape.WhisktapeException} for a CA file that is none. */
    CouchClient(CouchSettings settings, CouchTimings timings) {
        this.settings = settings;
        this.timings = timings;
        // HTTP/1.1 only: CouchDB ignores the invitation to HTTP/2, and proxies before it stumble over it.
        HttpClient.Builder builder =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(timings.answer());
        settings.caFile().ifPresent(file -> builder.sslContext(TrustedCertificates.only(file)));
        this.http = builder.build();
    }

    /** The path of a database, or of what is in it; names with slashes stay one segment. */
    static String path(String first, String... more) {
        StringBuilder path = new StringBuilder("/").append(encoded(first));
        for (String segment : more) {
            path.append('/').append(encoded(segment));
        }
        return path.toString();
    }

    /** Text as a part of a path or a query. */
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** Sends a request for what stands at this path; of its answer at most so many bytes are read. */
    CouchExchange send(String path, int mostBytes) {
        CouchExchange exchange = new CouchExchange();
        boolean mustLogIn = usesCookie() && cookie.isEmpty();
        CompletableFuture<CouchAnswer> answer =
                mustLogIn ? loginAndGet(exchange, path, mostBytes) : getOrRenew(exchange, path, mostBytes);
        answer.whenComplete((came, failure) -> {
            if (failure == null) {
                exchange.answer().complete(came);
            } else {
                exchange.answer().completeExceptionally(unwrapped(failure));
            }
        });
        return exchange;
    }

    /** The same for a small answer. */
    CouchExchange send(String path) {
        return send(path, SMALL_BYTES);
    }

    /**
     * Sends a request and waits for the answer.
     *
     * @throws ExecutionException where there is none, with the reason
     */
    CouchAnswer get(String path) throws ExecutionException {
        CouchExchange exchange = send(path);
        Optional<CouchAnswer> answer = exchange.await(timings.answer());
        if (answer.isEmpty()) {
            exchange.cancel();
            throw new ExecutionException(new TimeoutException("no answer in " + inWords(timings.answer())));
        }
        return answer.get();
    }

    private static String inWords(Duration duration) {
        return duration.toSeconds() > 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The names in the answer to {@code GET /_all_dbs}. */
    static List<String> names(CouchAnswer answer) {
        List<String> names = new ArrayList<>();
        json(answer).forEach(name -> names.add(name.asText()));
        return names;
    }

    /** An answer as JSON; a missing node if it is none. */
    static JsonNode json(CouchAnswer answer) {
        try {
            return JSON.readTree(answer.body(), 0, answer.length());
        } catch (JacksonException e) {
            return JSON.missingNode();
        } catch (IOException e) {
            throw new IllegalStateException("reading bytes does not fail", e);
        }
    }

    private CompletableFuture<CouchAnswer> getOrRenew(CouchExchange exchange, String path, int mostBytes) {
        Optional<String> shown = cookie;
        return get(exchange, path, mostBytes)
                .thenCompose(answer -> shown.isPresent() && answer.status() == 401
                        ? loginAndGet(exchange, path, mostBytes)
                        : CompletableFuture.completedFuture(answer));
    }

    private CompletableFuture<CouchAnswer> loginAndGet(CouchExchange exchange, String path, int mostBytes) {
        return login(exchange)
                .thenCompose(login ->
                        login.isOk() ? get(exchange, path, mostBytes) : CompletableFuture.completedFuture(login));
    }

    private CompletableFuture<CouchAnswer> login(CouchExchange exchange) {
        CouchSettings.Credentials credentials = settings.credentials().orElseThrow();
        String body = JSON.createObjectNode()
                .put("name", credentials.user())
                .put("password", credentials.password())
                .toString();
        HttpRequest request = HttpRequest.newBuilder(uri("/_session"))
                .header("Accept", "application/json")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        return exchanged(exchange, request, SMALL_BYTES).thenApply(response -> {
            cookie = response.headers().allValues("Set-Cookie").stream()
                    .filter(value -> value.startsWith("AuthSession="))
                    .map(value -> value.split(";", 2)[0])
                    .findFirst();
            return answer(response);
        });
    }

    private CompletableFuture<CouchAnswer> get(CouchExchange exchange, String path, int mostBytes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path)).header("Accept", "application/json");
        if (usesCookie()) {
            cookie.ifPresent(value -> request.header("Cookie", value));
        } else {
            settings.credentials().ifPresent(shown -> request.header("Authorization", basic(shown)));
        }
        return exchanged(exchange, request.build(), mostBytes).thenApply(CouchClient::answer);
    }

    private CompletableFuture<HttpResponse<BoundedBody>> exchanged(
            CouchExchange exchange, HttpRequest request, int mostBytes) {
        CompletableFuture<HttpResponse<BoundedBody>> response = http.sendAsync(request, head -> {
            exchange.heard();
            return new BoundedBody(mostBytes, exchange::heard);
        });
        exchange.isUnderWay(response);
        return response;
    }

    private boolean usesCookie() {
        return settings.login() == CouchSettings.Login.COOKIE
                && settings.credentials().isPresent();
    }

    private URI uri(String path) {
        return URI.create(settings.server() + path);
    }

    private static String basic(CouchSettings.Credentials credentials) {
        String both = credentials.user() + ":" + credentials.password();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }

    private static CouchAnswer answer(HttpResponse<BoundedBody> response) {
        BoundedBody body = response.body();
        Optional<Duration> retryAfter = response.headers()
                .firstValue("Retry-After")
                .filter(seconds -> seconds.matches("[0-9]{1,6}"))
                .map(seconds -> Duration.ofSeconds(Math.min(MOST_RETRY_SECONDS, Long.parseLong(seconds))));
        Optional<Instant> date = response.headers().firstValue("Date").flatMap(CouchClient::time);
        return new CouchAnswer(response.statusCode(), body.bytes(), body.length(), body.isTooLarge(), retryAfter, date);
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
        } catch (DateTimeException e) {
            // What stands before the server writes it otherwise; nothing depends on it.
            return Optional.empty();
        }
    }

    private static Throwable unwrapped(Throwable failure) {
        return failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
    }
}
