package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

/** Writes events as OpenWhisk does, byte for byte: order of fields, and which are left out when. */
final class SimulatedEventWriter {
    private static final byte[] ID = encode("{\"body\":{\"activationId\":\"");
    private static final byte[] ID_END = encode("\"");
    private static final byte[] CAUSED_BY = encode(",\"causedBy\":\"sequence\"");
    private static final byte[] CONDUCTOR = encode(",\"conductor\":");
    private static final byte[] DURATION = encode(",\"duration\":");
    private static final byte[] INIT_TIME = encode(",\"initTime\":");
    private static final byte[] SIZE = encode(",\"size\":");
    private static final byte[] STATUS_CODE = encode(",\"statusCode\":");
    private static final byte[] USER_STATUS_CODE = encode(",\"userDefinedStatusCode\":");
    private static final byte[] WAIT_TIME = encode(",\"waitTime\":");

    private static final byte[] METRIC_NAME = encode("{\"body\":{\"metricName\":\"");
    private static final byte[] METRIC_VALUE = encode("\",\"metricValue\":");

    private final SimulationText text = new SimulationText();

    /** The metrics that OpenWhisk sends. */
    enum Metric {
        CONCURRENT_INVOCATIONS("ConcurrentInvocations"),
        CONCURRENT_RATE_LIMIT("ConcurrentRateLimit"),
        TIMED_RATE_LIMIT("TimedRateLimit");

        private final byte[] name;

        Metric(String name) {
            this.name = encode(name);
        }
    }

    byte[] activation(SimulatedCall call, byte[] source, long timestampMs) {
        SimulationPhrases phrases = call.callee.phrases;
        text.clear().add(ID).addId(call.idHigh, call.idLow).add(ID_END);
        if (call.parent != null) {
            text.add(CAUSED_BY);
        }
        text.add(CONDUCTOR).add(call.callee.isComposition());
        text.add(DURATION).add(call.durationMs);
        text.add(INIT_TIME).add(Math.max(0, call.initMs));
        text.add(phrases.eventKind).add(Math.max(0, call.memoryMb)).add(phrases.eventName);
        if (call.size != SimulatedCall.NONE) {
            text.add(SIZE).add(call.size);
        }
        text.add(STATUS_CODE).add(call.statusCode);
        if (call.userStatusCode != 0) {
            text.add(USER_STATUS_CODE).add(call.userStatusCode);
        }
        text.add(WAIT_TIME).add(call.waitMs);
        return phrases.envelope.close(text, source, timestampMs);
    }

    byte[] metric(Metric metric, long value, SimulationEnvelope envelope, byte[] source, long timestampMs) {
        text.clear().add(METRIC_NAME).add(metric.name).add(METRIC_VALUE).add(value);
        return envelope.close(text, source, timestampMs);
    }
}
