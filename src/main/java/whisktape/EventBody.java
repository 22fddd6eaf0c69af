package whisktape;

/** What an event says: an activation ended, a limit or counter was reported, or nothing anybody can read. */
public sealed interface EventBody {

    /**
     * The summary of one activation that has ended, in OpenWhisk's field order (section 2.2 of its {@code Message.scala}).
     *
     * @param action the JSON field {@code name}: owner namespace, optional package, and action
     * @param activationId 32 hexadecimal digits; absent before 2020-04
     * @param statusCode 0 success, 1 application error, 2 developer error, 3 internal error
     * @param durationMs initialisation and run together
     * @param waitMs from the accepted request to initialisation or run; negative where two clocks differ
     * @param initMs initialisation; 0 where none happened
     * @param kind the runtime, for example {@code nodejs:20}, or {@code sequence}
     * @param conductor true for the primary record of a composition
     * @param memoryMb the limit, not the use
     * @param causedBy {@code sequence} inside a sequence or composition
     * @param responseChars the JSON field {@code size}: UTF-16 units of the response text
     * @param userStatusCode the status code which the action put into its own result
     */
    record Activation(
            String action,
            String activationId,
            Long statusCode,
            Long durationMs,
            Long waitMs,
            Long initMs,
            String kind,
            Boolean conductor,
            Long memoryMb,
            String causedBy,
            Long responseChars,
            Long userStatusCode)
            implements EventBody {}

    /**
     * One report of a counter or limit.
     *
     * @param name {@code ConcurrentInvocations}, {@code ConcurrentRateLimit} or {@code TimedRateLimit}
     * @param value the in-flight count, or 1 for a refused request
     */
    record Metric(String name, Long value) implements EventBody {}

    /**
     * Neither of the two; the message's bytes are all there is.
     *
     * @param reason why, in a few words
     */
    record Unreadable(String reason) implements EventBody {}
}
