package whisktape.lab;

import java.util.Optional;

/**
 * Who calls what.
 *
 * @param namespace the caller's
 * @param path of the action or trigger
 * @param binding the caller's package binding that the call goes through, as {@code namespace/package}; empty for none
 */
public record SimulatedTarget(String namespace, String path, Optional<String> binding) {

    /** A call without a binding. */
    public static SimulatedTarget of(String namespace, String path) {
        return new SimulatedTarget(namespace, path, Optional.empty());
    }

    public SimulatedTarget through(String packageBinding) {
        return new SimulatedTarget(namespace, path, Optional.of(packageBinding));
    }
}
