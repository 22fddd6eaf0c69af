package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;
import whisktape.Document;
import whisktape.DocumentBody;

/**
 * Reads documents of the activations database, in every form in which OpenWhisk hands them out: as CouchDB stores them, as the
 * REST interface lists them, as Elasticsearch holds them. Never fails: what cannot be read is a document whose body gives the
 * reason. Fields and tolerance follow OpenWhisk's {@code WhiskActivation.scala} since 2018; of repeated keys the last one
 * counts.
 *
 * <p>Not for use by several threads.
 */
public final class DocumentParser {
    private static final String DESIGN = "_design/";
    private static final int LONGEST_QUOTE = 60;

    private final Utf8Check utf8 = new Utf8Check();
    private final LenientJson json = new LenientJson();
    private final AnnotationReader annotations = new AnnotationReader(json);
    private final LogReader logs = new LogReader(json);
    private final PayloadCuts cuts;
    private final ResponseReader response;

    private String id;
    private String rev;
    private boolean deleted;
    private boolean hasFields;
    private boolean isObject;
    private String entityType;
    private String activationId;
    private String namespace;
    private String name;
    private String version;
    private String subject;
    private Long startMs;
    private Long endMs;
    private Long durationMs;
    private Long updatedMs;
    private String cause;
    private Boolean publish;
    private Long listedStatusCode;

    /** A parser that keeps every document as it is. */
    public DocumentParser() {
        this(true);
    }

    /**
     * A parser that keeps payloads or not.
     *
     * @param keepPayloads false to have {@code null} in place of every {@code response.result} and {@code []} in place of
     *     {@code logs}, and no text at all where a document is no JSON object in which to find them
     */
    public DocumentParser(boolean keepPayloads) {
        this.cuts = new PayloadCuts(!keepPayloads);
        this.response = new ResponseReader(json, cuts);
    }

    /**
     * The document in this text.
     *
     * @param incarnation which life of the database
     * @param updateSeq the change's token; null if there is none
     * @param recordedAtMs when it was received, epoch milliseconds
     * @param id what the row says; null to take the document's own {@code _id}
     * @param rev what the row says; null to take the document's own {@code _rev}
     * @param deleted what the row says; a document that says so itself is deleted too
     * @param text the document as the server sent it; null if it sent none
     */
    public Document parse(
            int incarnation, String updateSeq, long recordedAtMs, String id, String rev, boolean deleted, byte[] text) {
        reset(id, rev, deleted);
        DocumentBody body;
        byte[] kept = text;
        if (text == null) {
            body = bodyWithoutText();
        } else if (isUtf8(text)) {
            body = read(text);
            kept = isObject ? cuts.apply(text) : unlessCutting(text);
        } else {
            body = new DocumentBody.Unreadable("not UTF-8");
            kept = unlessCutting(Utf8Check.repaired(text));
        }
        return new Document(
                incarnation, updateSeq, recordedAtMs, this.id, this.rev, this.deleted, kept, body, json.oddFields());
    }

    private byte[] unlessCutting(byte[] text) {
        return cuts.isCutting() ? null : text;
    }

    private DocumentBody bodyWithoutText() {
        if (isDesign()) {
            return new DocumentBody.Design();
        }
        return deleted ? new DocumentBody.Tombstone() : new DocumentBody.Unreadable("no document in the row");
    }

    /** Jackson would take UTF-16 and UTF-32 too; they show by a zero in the first two bytes. */
    private boolean isUtf8(byte[] text) {
        boolean isWide = text.length > 1 && (text[0] == 0 || text[1] == 0);
        return !isWide && utf8.isValid(text);
    }

    private DocumentBody read(byte[] text) {
        try (JsonParser in = LenientJson.open(text)) {
            return read(text, in);
        } catch (JsonProcessingException e) {
            return new DocumentBody.Unreadable(LenientJson.reason(e));
        } catch (IOException | RuntimeException e) {
            // Nothing that arrives may stop a recording, not even a mistake in a parser.
            return new DocumentBody.Unreadable("parser failed: " + e.getClass().getSimpleName());
        }
    }

    private DocumentBody read(byte[] text, JsonParser in) throws IOException {
        JsonToken first = in.nextToken();
        if (first != JsonToken.START_OBJECT) {
            // The rest is looked at too: half an array is not an array.
            in.skipChildren();
            return new DocumentBody.Unreadable(first == null ? "only white space" : "not a JSON object");
        }
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            hasFields |= !field.startsWith("_");
            readField(in, field, text);
        }
        if (in.nextToken() != null) {
            return new DocumentBody.Unreadable("more text behind the JSON object");
        }
        isObject = true;
        return body();
    }

    private void readField(JsonParser in, String field, byte[] text) throws IOException {
        switch (field) {
            case "_id" -> id = id == null ? json.id(in, field) : passed(in, id);
            case "_rev" -> rev = rev == null ? json.id(in, field) : passed(in, rev);
            case "_deleted" -> deleted |= Boolean.TRUE.equals(json.flag(in, field));
            case "entityType" -> entityType = json.text(in, field);
            case "activationId" -> activationId = json.id(in, field);
            case "namespace" -> namespace = json.text(in, field);
            case "name" -> name = json.text(in, field);
            case "version" -> version = json.text(in, field);
            case "subject" -> subject = json.text(in, field);
            case "start" -> startMs = json.number(in, field);
            case "end" -> endMs = json.number(in, field);
            case "duration" -> durationMs = json.number(in, field);
            case "updated" -> updatedMs = json.number(in, field);
            case "cause" -> cause = json.id(in, field);
            case "publish" -> publish = json.flag(in, field);
            case "statusCode" -> listedStatusCode = json.number(in, field);
            case "annotations" -> annotations.read(in, text);
            case "response" -> response.read(in);
            case "logs" -> {
                cuts.begin(in);
                logs.read(in, annotations.kind != null && !annotations.kind.equals("sequence"));
                cuts.end(in, "[]");
            }
            default -> in.skipChildren();
        }
    }

    private static String passed(JsonParser in, String known) throws IOException {
        in.skipChildren();
        return known;
    }

    private DocumentBody body() {
        if (isDesign()) {
            return new DocumentBody.Design();
        }
        if (activationId != null || "activation".equals(entityType)) {
            return activation();
        }
        if (deleted && !hasFields) {
            return new DocumentBody.Tombstone();
        }
        return new DocumentBody.Unreadable("not an activation: "
                + (entityType == null ? "no activationId" : "entityType is " + quoted(entityType)));
    }

    private boolean isDesign() {
        return id != null && id.startsWith(DESIGN);
    }

    private DocumentBody activation() {
        boolean isSequence = "sequence".equals(annotations.kind);
        boolean isTrigger = annotations.path == null && annotations.kind == null;
        return new DocumentBody.Activation(
                activationId,
                namespace,
                name,
                annotations.path,
                version,
                subject,
                entityType,
                startMs,
                endMs,
                durationMs,
                updatedMs,
                annotations.waitMs,
                annotations.initMs,
                annotations.kind,
                annotations.limits,
                annotations.timedOut,
                annotations.causedBy,
                cause,
                annotations.topmost,
                annotations.conductor,
                annotations.binding,
                response.statusCode != null ? response.statusCode : listedStatusCode,
                response.responseChars,
                annotations.isObject && response.userStatusCode == null
                        ? response.embeddedUserStatusCode
                        : response.userStatusCode,
                publish,
                logs.lines,
                isSequence ? logs.componentIds() : List.of(),
                isTrigger ? logs.triggerResults() : List.of());
    }

    private static String quoted(String text) {
        return text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "...";
    }

    private void reset(String id, String rev, boolean deleted) {
        this.id = id;
        this.rev = rev;
        this.deleted = deleted;
        json.reset();
        cuts.reset();
        annotations.reset();
        response.reset();
        logs.reset();
        hasFields = false;
        isObject = false;
        entityType = null;
        activationId = null;
        namespace = null;
        name = null;
        version = null;
        subject = null;
        startMs = null;
        endMs = null;
        durationMs = null;
        updatedMs = null;
        cause = null;
        publish = null;
        listedStatusCode = null;
    }
}
