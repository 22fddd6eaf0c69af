package whisktape;

/** An event of an activation as an invoker emits it, but for what a test says. */
public final class ActivationEvent {
    private final String activationId;
    private final String action;
    private String namespace;
    private String source = "invoker0";
    private Long timestampMs;
    private Long statusCode = 0L;
    private Long durationMs = 0L;
    private Long waitMs = 10L;
    private Long initMs = 0L;
    private String kind = "nodejs:20";
    private boolean conductor;
    private Long memoryMb = 256L;
    private String causedBy;

    /** Of the action with this path, called by its owner; without an id as before 2020-04 where that is null. */
    public ActivationEvent(String activationId, String action) {
        this.activationId = activationId;
        this.action = action;
        this.namespace = action.substring(0, action.indexOf('/'));
    }

    public ActivationEvent namespace(String namespace) {
        this.namespace = namespace;
        return this;
    }

    public ActivationEvent source(String source) {
        this.source = source;
        return this;
    }

    /** Emitted then; init and run together took this long. */
    public ActivationEvent ran(Long timestampMs, Long durationMs) {
        this.timestampMs = timestampMs;
        this.durationMs = durationMs;
        return this;
    }

    public ActivationEvent waited(Long waitMs) {
        this.waitMs = waitMs;
        return this;
    }

    public ActivationEvent initialised(Long initMs) {
        this.initMs = initMs;
        return this;
    }

    public ActivationEvent status(long statusCode) {
        this.statusCode = statusCode;
        return this;
    }

    public ActivationEvent memory(long memoryMb) {
        this.memoryMb = memoryMb;
        return this;
    }

    public ActivationEvent component() {
        this.causedBy = "sequence";
        return this;
    }

    public ActivationEvent sequence() {
        this.kind = "sequence";
        this.source = "controller0";
        return this;
    }

    public ActivationEvent conductor() {
        this.conductor = true;
        return this;
    }

    public Event at(long offset) {
        return new Event(
                Fixtures.message(0, offset, 1_000, "{}"),
                new Event.Envelope(source, namespace, namespace, "user", "Activation", timestampMs),
                new EventBody.Activation(
                        action,
                        activationId,
                        statusCode,
                        durationMs,
                        waitMs,
                        initMs,
                        kind,
                        conductor,
                        memoryMb,
                        causedBy,
                        58L,
                        null),
                null,
                null);
    }
}
