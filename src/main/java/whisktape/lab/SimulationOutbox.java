package whisktape.lab;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import whisktape.lab.SimulatedEventWriter.Metric;

/** Where events and documents come out, in the order of true time. */
final class SimulationOutbox {
    private static final long LONGEST_RETRY_MICROS = 1_000_000;

    private final SimulationConditions conditions;
    private final long recordFrom;
    private final SimulationAgenda agenda;
    private final SplittableRandom duplicates;
    private final SimulatedEventWriter events = new SimulatedEventWriter();
    private final SimulatedDocumentWriter documents = new SimulatedDocumentWriter();
    private final Deque<Emission> ready = new ArrayDeque<>();

    /**
     * @param recordFrom what comes out earlier is not seen, epoch microseconds
     * @param duplicates decides which events come twice
     */
    SimulationOutbox(
            SimulationConditions conditions, long recordFrom, SimulationAgenda agenda, SplittableRandom duplicates) {
        this.conditions = conditions;
        this.recordFrom = recordFrom;
        this.agenda = agenda;
        this.duplicates = duplicates;
    }

    boolean isEmpty() {
        return ready.isEmpty();
    }

    Emission next() {
        return ready.remove();
    }

    void metric(Metric metric, long value, SimulationEnvelope envelope, byte[] source, long now) {
        if (now >= recordFrom) {
            long timestampMs = SimulatedRuntime.toMs(now);
            send(timestampMs, events.metric(metric, value, envelope, source, timestampMs), now);
        }
    }

    /** Sends the event of a call, and later writes its document. */
    void ended(SimulatedCall call, byte[] source, long skewMs, long now) {
        long clockMs = SimulatedRuntime.toMs(now) + skewMs;
        if (now >= recordFrom) {
            send(clockMs, events.activation(call, source, clockMs), now);
        }
        if (conditions.documents() && isStored(call.statusCode)) {
            agenda.at(now + conditions.writeLag().drawMicros(call.random), later -> {
                if (later >= recordFrom) {
                    write(documents.activation(call, clockMs), later);
                }
            });
        }
    }

    /** Writes the document of a trigger; it has no event. */
    void fired(SimulatedFire fire, SplittableRandom random, long now) {
        if (conditions.documents() && isStored(0)) {
            agenda.at(now + conditions.writeLag().drawMicros(random), later -> {
                if (later >= recordFrom) {
                    write(documents.trigger(fire, SimulatedRuntime.toMs(now)), later);
                }
            });
        }
    }

    private boolean isStored(int statusCode) {
        return switch (conditions.storeLevel()) {
            case ALWAYS -> true;
            case FAILURES -> statusCode != 0;
            case FAILURES_NOT_APPLICATION_ERRORS -> statusCode >= 2;
        };
    }

    private void send(long timestampMs, byte[] value, long now) {
        ready.add(new SimulatedEvent(SimulatedRuntime.toMs(now), timestampMs, value));
        if (conditions.duplicates() > 0 && duplicates.nextDouble() < conditions.duplicates()) {
            // The producer had no answer and sends the same message once more.
            agenda.at(
                    now + duplicates.nextLong(LONGEST_RETRY_MICROS),
                    later -> ready.add(new SimulatedEvent(SimulatedRuntime.toMs(later), timestampMs, value)));
        }
    }

    private void write(byte[] text, long now) {
        ready.add(new SimulatedDocument(SimulatedRuntime.toMs(now), text));
    }
}
