package whisktape;

import java.util.List;

/** What a document of the activations database is: a record of an activation, a design document, or nothing of these. */
public sealed interface DocumentBody {

    /**
     * The record of one activation, as {@code WhiskActivation.scala} writes it; every field is null where the document has
     * none, or none of that type.
     *
     * @param activationId 32 hexadecimal digits
     * @param namespace the invoking namespace
     * @param name action or trigger, without package
     * @param path annotation {@code path}: owner namespace, optional package, and action; absent on triggers
     * @param version of the action
     * @param subject who called
     * @param entityType {@code activation}; absent before 2018
     * @param startMs epoch milliseconds
     * @param endMs epoch milliseconds; 0 for triggers
     * @param durationMs initialisation and run; for sequences and compositions the sum of their components'
     * @param updatedMs epoch milliseconds, just after log collection
     * @param waitMs annotation {@code waitTime}
     * @param initMs annotation {@code initTime}; there, even as 0, only if {@code /init} was called
     * @param kind annotation {@code kind}
     * @param limits annotation {@code limits}
     * @param timedOut annotation {@code timeout}
     * @param causedBy annotation {@code causedBy}: {@code sequence} inside a sequence or composition
     * @param cause activation id of the enclosing sequence or composition
     * @param topmost annotation {@code topmost}
     * @param conductor annotation {@code conductor}: the primary record of a composition
     * @param binding annotation {@code binding}: path of the bound package
     * @param statusCode 0 success, 1 application error, 2 developer error, 3 internal error
     * @param responseChars {@code response.size}: UTF-16 units
     * @param userStatusCode the status code which the action put into its own result, by OpenWhisk's rule for events
     * @param publish as it stands
     * @param logLines elements of {@code logs}
     * @param componentIds of a sequence or composition, the activation ids in its {@code logs}, in order; else empty
     * @param triggerResults of a trigger, what became of each of its rules; else empty
     */
    record Activation(
            String activationId,
            String namespace,
            String name,
            String path,
            String version,
            String subject,
            String entityType,
            Long startMs,
            Long endMs,
            Long durationMs,
            Long updatedMs,
            Long waitMs,
            Long initMs,
            String kind,
            Limits limits,
            Boolean timedOut,
            String causedBy,
            String cause,
            Boolean topmost,
            Boolean conductor,
            String binding,
            Long statusCode,
            Long responseChars,
            Long userStatusCode,
            Boolean publish,
            Long logLines,
            List<String> componentIds,
            List<TriggerResult> triggerResults)
            implements DocumentBody {

        public Activation {
            limits = limits == null ? Limits.ABSENT : limits;
            componentIds = componentIds == null ? List.of() : componentIds;
            triggerResults = triggerResults == null ? List.of() : triggerResults;
        }
    }

    /**
     * What an activation was allowed.
     *
     * @param timeoutMs milliseconds
     * @param memoryMb megabytes
     * @param logsMb megabytes
     * @param concurrency activations in one container at a time
     * @param instances containers at most
     */
    record Limits(Long timeoutMs, Long memoryMb, Long logsMb, Long concurrency, Long instances) {
        public static final Limits ABSENT = new Limits(null, null, null, null, null);
    }

    /**
     * What became of one rule when its trigger fired.
     *
     * @param rule its name, with namespace
     * @param action what it was to invoke
     * @param activationId of that invocation; null if it failed
     * @param statusCode 0, or 1 where the invocation was refused
     * @param success whether it was accepted
     * @param error why not
     */
    record TriggerResult(
            String rule, String action, String activationId, Long statusCode, Boolean success, String error) {}

    /** A design document: views and filters that the deployment put there. */
    record Design() implements DocumentBody {}

    /** A deleted document of which nothing is left but its name. */
    record Tombstone() implements DocumentBody {}

    /**
     * None of these; the text is all there is.
     *
     * @param reason why, in a few words
     */
    record Unreadable(String reason) implements DocumentBody {}
}
