package whisktape.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import whisktape.WhisktapeException;

/**
 * A server that speaks as much of CouchDB's protocol as the activations database needs, with databases in memory, on 127.0.0.1.
 *
 * <p>It behaves as CouchDB 3.5 does where clients stumble: two shards and so another order of changes at each call, update
 * sequences that mean nothing, old ones that begin from zero after a database was created again, feeds that end quietly with
 * their database, accounts that are locked after wrong passwords. What it has not: views, filters, attachments, replication,
 * conflicts kept side by side.
 */
public final class EmbeddedCouch implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    static {
        // Headers and body leave in two packets, and without this the second waits 40 ms for the first one's receipt.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final CouchStore store = new CouchStore();
    private final CouchAccess access = new CouchAccess();
    private final CouchDocuments documents = new CouchDocuments();
    private final String uuid = UUID.randomUUID().toString().replace("-", "");
    private final HttpServer server;
    private final ExecutorService threads;

    private EmbeddedCouch(HttpServer server) {
        this.server = server;
        AtomicInteger count = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "whisktape-couch-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    /** Starts one on this port, or on a free one for 0. Throws {@link WhisktapeException} where the port is taken. */
    public static EmbeddedCouch start(int port) {
        try {
            InetSocketAddress address = new InetSocketAddress(InetAddress.getByName(HOST), port);
            EmbeddedCouch couch = new EmbeddedCouch(HttpServer.create(address, 0));
            couch.server.setExecutor(couch.threads);
            couch.server.createContext("/", couch::handle);
            couch.server.start();
            return couch;
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot listen at " + HOST + ":" + port + ": " + e.getMessage()
                            + "; stop what listens there or choose another port",
                    e);
        }
    }

    /** {@code http://127.0.0.1:5984}, without a slash behind it. */
    public String url() {
        return "http://" + HOST + ":" + server.getAddress().getPort();
    }

    /** From now on only those with a user's name and password may read and write. */
    public EmbeddedCouch withUser(String user, String password) {
        access.addUser(user, password);
        return this;
    }

    /** Ends all sessions of cookie logins, as ten minutes do with CouchDB. */
    public void expireSessions() {
        access.expireSessions();
    }

    public void createDatabase(String name) {
        store.create(name);
    }

    /** Deletes a database; feeds that read it end. */
    public void deleteDatabase(String name) {
        store.delete(name);
    }

    /**
     * Writes a document over whatever bears its {@code _id}.
     *
     * @param json one JSON object; with {@code "_deleted": true} it becomes a tombstone that keeps its other fields
     * @return the new {@code _rev}
     */
    public String put(String database, String json) {
        try {
            ObjectNode document = (ObjectNode) CouchRequest.JSON.readTree(json);
            return documents.overwrite(store.require(database), document).rev();
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("no JSON: " + json, e);
        }
    }

    /** Deletes a document; its tombstone keeps nothing. */
    public String delete(String database, String id) {
        ObjectNode tombstone =
                CouchRequest.JSON.createObjectNode().put("_id", id).put("_deleted", true);
        return documents.overwrite(store.require(database), tombstone).rev();
    }

    /** Takes a document away without a trace. */
    public void purge(String database, String id) {
        store.require(database).purge(id);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            CouchRequest request = new CouchRequest(exchange);
            try {
                route(request, exchange);
            } catch (CouchError e) {
                ObjectNode error = CouchRequest.JSON.createObjectNode();
                request.answer(e.status(), error.put("error", e.error()).put("reason", e.getMessage()));
            }
        } catch (InterruptedException e) {
            // The server is being closed: the body is cut where it is.
            Thread.currentThread().interrupt();
        }
    }

    private void route(CouchRequest request, HttpExchange exchange) throws IOException, InterruptedException {
        String first = request.path().isEmpty() ? "" : request.path().get(0);
        if (first.equals("_session") && request.method().equals("POST")) {
            login(request);
            return;
        }
        access.check(exchange.getRequestHeaders());
        switch (first) {
            case "" -> request.answer(200, welcome());
            case "_all_dbs" -> request.answer(200, CouchRequest.JSON.valueToTree(store.names()));
            default -> {
                if (request.path().size() == 1) {
                    database(request, first);
                } else {
                    insideOf(store.require(first), request);
                }
            }
        }
    }

    private JsonNode welcome() {
        return CouchRequest.JSON
                .createObjectNode()
                .put("couchdb", "Welcome")
                .put("version", "3.5.0")
                .put("uuid", uuid);
    }

    private void login(CouchRequest request) throws IOException {
        ObjectNode body = request.body();
        String user = body.path("name").asText();
        request.header("Set-Cookie", access.login(user, body.path("password").asText()));
        request.answer(200, CouchRequest.JSON.createObjectNode().put("ok", true).put("name", user));
    }

    private void database(CouchRequest request, String name) throws IOException {
        ObjectNode ok = CouchRequest.JSON.createObjectNode().put("ok", true);
        switch (request.method()) {
            case "GET", "HEAD" -> request.answer(200, info(name, store.require(name)));
            case "PUT" -> {
                store.create(name);
                request.answer(201, ok);
            }
            case "DELETE" -> {
                store.delete(name);
                request.answer(200, ok);
            }
            case "POST" -> documents.post(store.require(name), request);
            default -> throw notAllowed();
        }
    }

    private static JsonNode info(String name, CouchDatabase database) {
        return CouchRequest.JSON
                .createObjectNode()
                .put("instance_start_time", database.instanceStartTime())
                .put("db_name", name)
                .put("update_seq", database.now().toString())
                .put("doc_del_count", database.count(true))
                .put("doc_count", database.count(false));
    }

    private void insideOf(CouchDatabase database, CouchRequest request) throws IOException, InterruptedException {
        switch (request.path().get(1)) {
            case "_changes" -> {
                CouchChangesQuery query = CouchChangesQuery.of(request.parameters(), database);
                try (var out = request.stream()) {
                    new CouchFeed(database, query, out).write();
                }
            }
            case "_bulk_docs" -> documents.bulk(database, request);
            case "_all_docs" -> documents.all(database, request);
            default -> documents.one(database, request);
        }
    }

    static CouchError notAllowed() {
        return new CouchError(405, "method_not_allowed", "Only GET,HEAD,PUT,POST,DELETE allowed");
    }
}
