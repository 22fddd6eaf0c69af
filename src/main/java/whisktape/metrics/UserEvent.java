package whisktape.metrics;

import java.util.OptionalInt;
import whisktape.ActionPath;

/** What OpenWhisk's user-events service makes of one message of the events topic. */
public sealed interface UserEvent {

    /**
     * An activation, with its numbers as the service takes them: whole, and cut down to their type as Scala does.
     *
     * @param eventType {@code Activation} or {@code Metric}, whatever the body says
     * @param source who emitted it: {@code invoker0}, {@code controller0}
     * @param initiator the namespace that called
     * @param name the action's name as it came; series are kept by it
     * @param path the same, taken apart
     * @param statusCode 0 to 3
     * @param durationMs initialisation and run together
     * @param waitMs 0 where it was negative
     * @param initMs 0 where there was none
     * @param kind the runtime
     * @param memoryMb the limit
     * @param responseSize UTF-16 units of the response, where it is known
     * @param userStatusCode what the action put into its own result
     */
    record Activation(
            String eventType,
            String source,
            String initiator,
            String name,
            ActionPath path,
            int statusCode,
            long durationMs,
            long waitMs,
            long initMs,
            String kind,
            int memoryMb,
            OptionalInt responseSize,
            OptionalInt userStatusCode)
            implements UserEvent {

        /** True if code was initialised for it. */
        public boolean isCold() {
            return initMs != 0;
        }

        /** The status as a label's value. */
        public String status() {
            return ActivationStatus.ofCode(statusCode).label();
        }
    }

    /**
     * A limit or a counter.
     *
     * @param eventType {@code Activation} or {@code Metric}, whatever the body says
     * @param initiator the namespace that called
     * @param name {@code ConcurrentRateLimit}, {@code TimedRateLimit}, {@code ConcurrentInvocations}, or anything else
     * @param value how many; the service does not look at it
     */
    record Metric(String eventType, String initiator, String name, long value) implements UserEvent {}

    /**
     * A message that the service drops without a word.
     *
     * @param reason what it lacks
     */
    record Ignored(String reason) implements UserEvent {}

    /**
     * A message at which the service fails, and which it reads again for ever.
     *
     * @param reason at what it fails
     */
    record Poison(String reason) implements UserEvent {}
}
