package whisktape.lab;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One HTTP request to the stand-in, taken apart as CouchDB does, and the ways to answer it. */
final class CouchRequest {
    /** As CouchDB writes it: text beyond the basic plane unescaped. */
    static final ObjectMapper JSON = JsonMapper.builder()
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private static final int BUFFER_BYTES = 1 << 16;

    private final HttpExchange exchange;
    private final List<String> path = new ArrayList<>();
    private final Map<String, String> parameters = new HashMap<>();

    CouchRequest(HttpExchange exchange) {
        this.exchange = exchange;
        for (String segment : exchange.getRequestURI().getRawPath().split("/")) {
            if (!segment.isEmpty()) {
                path.add(decoded(segment));
            }
        }
        String query = exchange.getRequestURI().getRawQuery();
        for (String parameter : query == null ? new String[0] : query.split("&")) {
            String[] parts = parameter.split("=", 2);
            String value = parts.length == 2 ? decoded(parts[1]) : "";
            parameters.put(parts[0], unquoted(value));
        }
    }

    String method() {
        return exchange.getRequestMethod();
    }

    /** The path's segments, decoded; a {@code %2F} is part of one. */
    List<String> path() {
        return path;
    }

    Map<String, String> parameters() {
        return parameters;
    }

    ObjectNode body() throws IOException {
        byte[] bytes = exchange.getRequestBody().readAllBytes();
        try {
            JsonNode body = JSON.readTree(bytes);
            if (body instanceof ObjectNode object) {
                return object;
            }
            return JSON.createObjectNode();
        } catch (JacksonException e) {
            throw new CouchError(400, "bad_request", "invalid UTF-8 JSON");
        }
    }

    void header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
    }

    void answer(int status, JsonNode json) throws IOException {
        answer(status, (json + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void answer(int status, byte[] json) throws IOException {
        header("Content-Type", "application/json");
        boolean withoutBody = method().equals("HEAD");
        exchange.sendResponseHeaders(status, withoutBody ? -1 : json.length);
        if (!withoutBody) {
            exchange.getResponseBody().write(json);
        }
        exchange.close();
    }

    /** Begins an answer of unknown length; whoever writes it flushes what shall be seen at once, and closes it. */
    OutputStream stream() throws IOException {
        header("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, 0);
        return new BufferedOutputStream(exchange.getResponseBody(), BUFFER_BYTES);
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }
}
