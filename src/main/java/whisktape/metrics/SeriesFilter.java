package whisktape.metrics;

import java.util.Map;
import java.util.Set;

/**
 * Series of certain actions, namespaces and invokers; where a set is empty, of all. A series without such a label is about all of them and
 * stays.
 *
 * @param actions paths, as {@code guest/hello}
 * @param namespaces who owns or who calls
 * @param invokers as events name them
 */
public record SeriesFilter(Set<String> actions, Set<String> namespaces, Set<String> invokers) {
    /** Everything. */
    public static final SeriesFilter ALL = new SeriesFilter(Set.of(), Set.of(), Set.of());

    boolean test(Map<String, String> labels) {
        String namespace = labels.get("namespace");
        String action = labels.get("action");
        String invoker = labels.get("invoker");
        boolean isOfAction = actions.isEmpty() || action == null || actions.contains(namespace + "/" + action);
        boolean isOfNamespace = namespaces.isEmpty()
                || namespace == null
                || namespaces.contains(namespace)
                || namespaces.contains(labels.get("initiator"));
        return isOfAction && isOfNamespace && (invokers.isEmpty() || invoker == null || invokers.contains(invoker));
    }
}
