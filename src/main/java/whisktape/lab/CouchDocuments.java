package whisktape.lab;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reading and writing single documents and many of them. */
final class CouchDocuments {

    /** Writes whatever revision there is. */
    CouchDatabase.Revision overwrite(CouchDatabase database, ObjectNode document) {
        String id = document.path("_id").asText();
        while (true) {
            document.remove("_rev");
            database.find(id).filter(old -> !old.deleted()).ifPresent(old -> document.put("_rev", old.rev()));
            Optional<CouchDatabase.Revision> written = database.put(id, document);
            if (written.isPresent()) {
                return written.get();
            }
        }
    }

    /** {@code POST /db}: the server chooses an id where the document has none. */
    void post(CouchDatabase database, CouchRequest request) throws IOException {
        ObjectNode document = request.body();
        request.answer(201, written(database, idOf(document), document));
    }

    /** {@code /db/id}. */
    void one(CouchDatabase database, CouchRequest request) throws IOException {
        String id = idOf(request.path());
        switch (request.method()) {
            case "GET", "HEAD" -> request.answer(200, read(database, id).json());
            case "PUT" -> request.answer(201, written(database, id, named(request, request.body())));
            case "DELETE" -> {
                ObjectNode tombstone = CouchRequest.JSON.createObjectNode().put("_deleted", true);
                request.answer(200, written(database, id, named(request, tombstone)));
            }
            default -> throw EmbeddedCouch.notAllowed();
        }
    }

    /** {@code POST /db/_bulk_docs}: by id, not in the order of the request, and conflicts are told one by one. */
    void bulk(CouchDatabase database, CouchRequest request) throws IOException {
        List<ObjectNode> documents = new ArrayList<>();
        for (JsonNode document : request.body().path("docs")) {
            if (!(document instanceof ObjectNode object)) {
                throw new CouchError(400, "bad_request", "Document must be a JSON object");
            }
            documents.add(object.put("_id", idOf(object)));
        }
        documents.sort(Comparator.comparing(document -> document.path("_id").asText()));
        ArrayNode results = CouchRequest.JSON.createArrayNode();
        for (ObjectNode document : documents) {
            String id = document.path("_id").asText();
            try {
                results.add(written(database, id, document));
            } catch (CouchError e) {
                results.addObject().put("id", id).put("error", e.error()).put("reason", e.getMessage());
            }
        }
        request.answer(201, results);
    }

    /** {@code /db/_all_docs}, with {@code include_docs}, {@code limit} and {@code skip}. */
    void all(CouchDatabase database, CouchRequest request) throws IOException {
        List<CouchDatabase.Revision> all = database.all();
        boolean includeDocs =
                request.parameters().getOrDefault("include_docs", "false").equals("true");
        long skip = Long.parseLong(request.parameters().getOrDefault("skip", "0"));
        long limit = Long.parseLong(request.parameters().getOrDefault("limit", Long.toString(Long.MAX_VALUE)));
        try (OutputStream out = request.stream()) {
            print(out, "{\"total_rows\":" + all.size() + ",\"offset\":" + skip + ",\"rows\":[\n");
            String separator = "";
            for (CouchDatabase.Revision revision :
                    all.stream().skip(skip).limit(limit).toList()) {
                String id = TextNode.valueOf(revision.id()).toString();
                print(
                        out,
                        separator + "{\"id\":" + id + ",\"key\":" + id + ",\"value\":{\"rev\":\"" + revision.rev()
                                + "\"}");
                if (includeDocs) {
                    print(out, ",\"doc\":");
                    out.write(revision.json());
                }
                print(out, "}");
                separator = ",\n";
            }
            print(out, "\n]}\n");
        }
    }

    private static CouchDatabase.Revision read(CouchDatabase database, String id) {
        CouchDatabase.Revision found = database.find(id).orElseThrow(() -> new CouchError(404, "not_found", "missing"));
        if (found.deleted()) {
            throw new CouchError(404, "not_found", "deleted");
        }
        return found;
    }

    private static JsonNode written(CouchDatabase database, String id, ObjectNode document) {
        CouchDatabase.Revision revision = database.put(id, document)
                .orElseThrow(() -> new CouchError(409, "conflict", "Document update conflict."));
        return CouchRequest.JSON
                .createObjectNode()
                .put("ok", true)
                .put("id", id)
                .put("rev", revision.rev());
    }

    private static ObjectNode named(CouchRequest request, ObjectNode document) {
        String rev = request.parameters().get("rev");
        return rev == null ? document : document.put("_rev", rev);
    }

    private static String idOf(ObjectNode document) {
        JsonNode id = document.get("_id");
        return id != null ? id.asText() : UUID.randomUUID().toString().replace("-", "");
    }

    /** A second segment behind an id is the name of an attachment, and there are none; but design documents have two. */
    private static String idOf(List<String> path) {
        boolean design = path.get(1).equals("_design");
        if (path.size() > (design ? 3 : 2)) {
            throw new CouchError(404, "not_found", "Document is missing attachment");
        }
        return String.join("/", path.subList(1, path.size()));
    }

    private static void print(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
