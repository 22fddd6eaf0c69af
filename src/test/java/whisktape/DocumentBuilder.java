package whisktape;

import java.util.Arrays;
import java.util.List;

/** A document of an activation as an invoker writes it, but for what a test says. */
public final class DocumentBuilder {
    private final String activationId;
    private final String path;
    private String namespace;
    private String rev = "1-a";
    private boolean deleted;
    private Long startMs;
    private Long endMs;
    private Long durationMs;
    private Long waitMs = 10L;
    private Long initMs;
    private String kind = "nodejs:20";
    private DocumentBody.Limits limits = new DocumentBody.Limits(60_000L, 256L, 10L, 1L, null);
    private Boolean timedOut = false;
    private String causedBy;
    private String cause;
    private Boolean conductor;
    private Long statusCode = 0L;
    private long logLines = 1;
    private List<String> componentIds = List.of();
    private List<DocumentBody.TriggerResult> triggerResults = List.of();

    /** An activation of the action with this path, called by its owner. */
    public DocumentBuilder(String activationId, String path) {
        this.activationId = activationId;
        this.path = path;
        this.namespace = path.substring(0, path.indexOf('/'));
    }

    public DocumentBuilder namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    public DocumentBuilder rev(String rev) {
        this.rev = rev;
        return this;
    }

    public DocumentBuilder deleted() {
        this.deleted = true;
        return this;
    }

    /** Init and run together took this long. */
    public DocumentBuilder ran(long endMs, long durationMs) {
        this.startMs = endMs - durationMs;
        this.endMs = endMs;
        this.durationMs = durationMs;
        return this;
    }

    public DocumentBuilder waited(Long waitMs) {
        this.waitMs = waitMs;
        return this;
    }

    public DocumentBuilder initialised(Long initMs) {
        this.initMs = initMs;
        return this;
    }

    public DocumentBuilder status(long statusCode) {
        this.statusCode = statusCode;
        return this;
    }

    public DocumentBuilder timeOut(Long limitMs, Boolean timedOut) {
        this.limits = new DocumentBody.Limits(limitMs, limits.memoryMb(), limits.logsMb(), limits.concurrency(), null);
        this.timedOut = timedOut;
        return this;
    }

    public DocumentBuilder concurrency(long concurrency) {
        this.limits =
                new DocumentBody.Limits(limits.timeoutMs(), limits.memoryMb(), limits.logsMb(), concurrency, null);
        return this;
    }

    public DocumentBuilder partOf(String cause) {
        this.cause = cause;
        this.causedBy = "sequence";
        return this;
    }

    /** A sequence, from start to end, whose parts took this long together. */
    public DocumentBuilder sequence(long startMs, long endMs, long durationMs, String... componentIds) {
        this.kind = "sequence";
        this.startMs = startMs;
        this.endMs = endMs;
        this.durationMs = durationMs;
        this.timedOut = null;
        this.componentIds = List.of(componentIds);
        this.logLines = componentIds.length;
        return this;
    }

    public DocumentBuilder conductor() {
        this.conductor = true;
        return this;
    }

    public DocumentBuilder logLines(long logLines) {
        this.logLines = logLines;
        return this;
    }

    /** A trigger that fired at this time, with a rule for each of these; null for a rule that started nothing. */
    public Document trigger(long firedMs, String... activationIds) {
        startMs = firedMs;
        endMs = 0L;
        durationMs = null;
        waitMs = null;
        kind = null;
        limits = DocumentBody.Limits.ABSENT;
        timedOut = null;
        triggerResults = Arrays.stream(activationIds).map(this::ruleResult).toList();
        return document();
    }

    private DocumentBody.TriggerResult ruleResult(String activationId) {
        boolean isStarted = activationId != null;
        return new DocumentBody.TriggerResult(
                path + "-rule",
                path + "-action",
                activationId,
                isStarted ? 0L : 429L,
                isStarted,
                isStarted ? null : "too many requests");
    }

    public Document document() {
        DocumentBody.Activation body = new DocumentBody.Activation(
                activationId,
                namespace,
                path.substring(path.lastIndexOf('/') + 1),
                triggerResults.isEmpty() ? path : null,
                "0.0.1",
                namespace,
                "activation",
                startMs,
                endMs,
                durationMs,
                endMs,
                waitMs,
                initMs,
                kind,
                limits,
                timedOut,
                causedBy,
                cause,
                componentIds.isEmpty() ? null : true,
                conductor,
                null,
                statusCode,
                58L,
                null,
                false,
                logLines,
                componentIds,
                triggerResults);
        return new Document(1, null, endMs, namespace + "/" + activationId, rev, deleted, "{}".getBytes(), body, null);
    }

    /** What is left of a document of this name when it was deleted. */
    public static Document tombstone(String id) {
        return new Document(1, null, 0, id, "2-b", true, "{}".getBytes(), new DocumentBody.Tombstone(), null);
    }
}
