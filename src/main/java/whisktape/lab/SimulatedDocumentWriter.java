package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

import java.util.List;

/** Writes activation documents as OpenWhisk does, but for {@code _rev}, which the database gives. */
final class SimulatedDocumentWriter {
    private static final byte[] ACTIVATION_ID = encode("\",\"activationId\":\"");
    private static final byte[] ANNOTATIONS = encode("\",\"annotations\":[");
    private static final byte[] CAUSED_BY = encode("{\"key\":\"causedBy\",\"value\":\"sequence\"}");
    private static final byte[] WAIT_TIME = encode("{\"key\":\"waitTime\",\"value\":");
    private static final byte[] TIMEOUT = encode("{\"key\":\"timeout\",\"value\":");
    private static final byte[] TIMEOUT_LIMIT = encode(",\"timeout\":");
    private static final byte[] INIT_TIME = encode("{\"key\":\"initTime\",\"value\":");
    private static final byte[] TOPMOST = encode("{\"key\":\"topmost\",\"value\":true}");
    private static final byte[] NOT_TOPMOST = encode("{\"key\":\"topmost\",\"value\":false}");
    private static final byte[] CONDUCTOR = encode("{\"key\":\"conductor\",\"value\":true}");
    private static final byte[] END_OF_VALUE = encode("}");
    private static final byte[] END_OF_LIMITS = encode("}}");

    private static final byte[] CAUSE = encode("],\"cause\":\"");
    private static final byte[] DURATION_BEHIND_CAUSE = encode("\",\"duration\":");
    private static final byte[] DURATION = encode("],\"duration\":");
    private static final byte[] END = encode(",\"end\":");
    private static final byte[] LOGS = encode(",\"entityType\":\"activation\",\"logs\":[");
    private static final byte[] NO_ANNOTATIONS_NO_END =
            encode("\",\"annotations\":[],\"end\":0,\"entityType\":\"activation\",\"logs\":[");
    private static final byte[] SIZE = encode(",\"size\":");
    private static final byte[] STATUS_CODE = encode(",\"statusCode\":");
    private static final byte[] START = encode("},\"start\":");
    private static final byte[] VERSION = encode(",\"version\":\"0.0.1\"}");
    private static final byte[] NO_PAYLOAD = encode("{},\"statusCode\":0");
    private static final byte[] COMMA = encode(",");
    private static final byte[] QUOTE = encode("\"");
    private static final byte[] QUOTE_COMMA_QUOTE = encode("\",\"");
    private static final byte[] NOTHING = {};

    /** The longest timeout that actions may have by default, which sequences show. */
    private static final int DEFAULT_TIMEOUT_MS = 60_000;

    private final SimulationText text = new SimulationText();
    private final SimulatedLog log = new SimulatedLog();

    /**
     * The record of an action, sequence or composition.
     *
     * @param updatedMs by the clock of whoever writes it, epoch milliseconds
     */
    byte[] activation(SimulatedCall call, long updatedMs) {
        SimulationPhrases phrases = call.callee.phrases;
        text.clear().add(phrases.documentId).addId(call.idHigh, call.idLow);
        text.add(ACTIVATION_ID).addId(call.idHigh, call.idLow).add(ANNOTATIONS);
        if (call.callee.code == null) {
            addPartsAnnotations(call);
        } else {
            addCodeAnnotations(call);
        }
        if (call.parent != null) {
            text.add(CAUSE).addId(call.parent.idHigh, call.parent.idLow).add(DURATION_BEHIND_CAUSE);
        } else {
            text.add(DURATION);
        }
        text.add(call.durationMs).add(END).add(call.endMs).add(LOGS);
        addLogs(call, updatedMs);
        text.add(phrases.documentName).add(call.result);
        if (call.size != SimulatedCall.NONE) {
            text.add(SIZE).add(call.size);
        }
        text.add(STATUS_CODE).add(call.statusCode);
        text.add(START).add(call.startMs);
        return text.add(phrases.subject).add(updatedMs).add(VERSION).toBytes();
    }

    /** The record of a trigger that fired. */
    byte[] trigger(SimulatedFire fire, long updatedMs) {
        text.clear().add(fire.trigger.documentId).addId(fire.idHigh, fire.idLow);
        text.add(ACTIVATION_ID).addId(fire.idHigh, fire.idLow).add(NO_ANNOTATIONS_NO_END);
        List<byte[]> results = fire.results();
        for (int i = 0; i < results.size(); i++) {
            text.add(i == 0 ? NOTHING : COMMA).add(results.get(i));
        }
        text.add(fire.trigger.documentName).add(NO_PAYLOAD);
        text.add(START).add(fire.startMs);
        return text.add(fire.trigger.documentSubject)
                .add(updatedMs)
                .add(VERSION)
                .toBytes();
    }

    private void addCodeAnnotations(SimulatedCall call) {
        SimulationPhrases phrases = call.callee.phrases;
        if (call.parent != null) {
            text.add(CAUSED_BY).add(COMMA);
        }
        text.add(phrases.binding).add(phrases.path).add(COMMA);
        addWait(call);
        text.add(COMMA).add(phrases.kind).add(COMMA);
        text.add(TIMEOUT).add(call.timedOut).add(END_OF_VALUE).add(COMMA);
        addLimits(call, call.callee.code.timeoutMs());
        if (call.initMs != SimulatedCall.NONE) {
            text.add(COMMA).add(INIT_TIME).add(call.initMs).add(END_OF_VALUE);
        }
    }

    /** Of sequences and compositions; real ones have another order inside of others. */
    private void addPartsAnnotations(SimulatedCall call) {
        SimulationPhrases phrases = call.callee.phrases;
        if (call.parent != null) {
            text.add(phrases.path).add(COMMA);
            addWait(call);
            text.add(COMMA).add(phrases.kind);
            addLimitsOfParts(call);
            text.add(COMMA).add(CAUSED_BY).add(COMMA).add(NOT_TOPMOST);
            return;
        }
        text.add(TOPMOST).add(COMMA).add(phrases.path).add(COMMA);
        addWait(call);
        if (call.callee.isComposition()) {
            text.add(COMMA).add(CONDUCTOR);
        }
        text.add(COMMA).add(phrases.kind);
        addLimitsOfParts(call);
    }

    private void addLimitsOfParts(SimulatedCall call) {
        if (call.memoryMb != SimulatedCall.NONE) {
            text.add(COMMA);
            addLimits(call, DEFAULT_TIMEOUT_MS);
        }
    }

    private void addWait(SimulatedCall call) {
        text.add(WAIT_TIME).add(call.waitMs).add(END_OF_VALUE);
    }

    private void addLimits(SimulatedCall call, int timeoutMs) {
        text.add(call.callee.phrases.limits).add(call.memoryMb);
        text.add(TIMEOUT_LIMIT).add(timeoutMs).add(END_OF_LIMITS);
    }

    private void addLogs(SimulatedCall call, long updatedMs) {
        if (call.parts == null) {
            log.addTo(text, call, updatedMs);
            return;
        }
        for (int i = 0; i < call.parts.size(); i++) {
            text.add(i == 0 ? QUOTE : QUOTE_COMMA_QUOTE);
            text.addId(call.parts.high(i), call.parts.low(i));
        }
        if (call.parts.size() > 0) {
            text.add(QUOTE);
        }
    }
}
