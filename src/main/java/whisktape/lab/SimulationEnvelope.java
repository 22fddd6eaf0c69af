package whisktape.lab;

import static whisktape.lab.SimulationText.encode;
import static whisktape.lab.SimulationText.quote;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What stands around the body of every event of one type and namespace, encoded once. */
final class SimulationEnvelope {
    private final byte[] namespace;
    private final byte[] subject;
    private final byte[] userId;

    /**
     * @param eventType {@code Activation} or {@code Metric}
     * @param caller the invoking namespace
     */
    SimulationEnvelope(String eventType, SimulatedNamespace caller) {
        namespace = encode(
                "},\"eventType\":\"" + eventType + "\",\"namespace\":" + quote(caller.name()) + ",\"source\":\"");
        subject = encode("\",\"subject\":" + quote(caller.subject()) + ",\"timestamp\":");
        // The same in every run, as a namespace keeps its own.
        UUID uuid = UUID.nameUUIDFromBytes(caller.name().getBytes(StandardCharsets.UTF_8));
        userId = encode(",\"userId\":\"" + uuid + "\"}");
    }

    /** Ends the event that begins in this text. */
    byte[] close(SimulationText text, byte[] source, long timestampMs) {
        text.add(namespace).add(source);
        return text.add(subject).add(timestampMs).add(userId).toBytes();
    }
}
