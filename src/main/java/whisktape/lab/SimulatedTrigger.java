package whisktape.lab;

import java.util.List;

/**
 * A trigger and its rules.
 *
 * @param path owner namespace and name
 * @param rules at least one: without, OpenWhisk keeps no record of a fire
 */
public record SimulatedTrigger(String path, List<Rule> rules) {
    public SimulatedTrigger {
        rules = List.copyOf(rules);
        if (rules.isEmpty()) {
            throw new IllegalArgumentException("trigger " + path + " has no rules");
        }
    }

    /**
     * A rule.
     *
     * @param path owner namespace and name
     * @param action path of the action it invokes
     */
    public record Rule(String path, String action) {}

    /** The name alone. */
    public String name() {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
