package whisktape.source;

import java.util.IdentityHashMap;
import java.util.Map;
import whisktape.ActionPath;

/**
 * Recognises the activation events that OpenWhisk's user-events service parses and then stumbles over for ever: status codes
 * outside 0 to 3, and names it cannot split. Events that it drops while parsing do no harm, so only an event with all
 * required fields in their types counts. Tried against the real service, one message at a time.
 */
final class PoisonCheck {
    static final int NOT_REQUIRED = 0;
    static final int SOURCE = 1;
    static final int SUBJECT = 1 << 1;
    static final int NAMESPACE = 1 << 2;
    static final int USER_ID = 1 << 3;
    static final int EVENT_TYPE = 1 << 4;
    static final int TIMESTAMP = 1 << 5;
    static final int NAME = 1 << 6;
    static final int ACTIVATION_ID = 1 << 7;
    static final int STATUS_CODE = 1 << 8;
    static final int DURATION = 1 << 9;
    static final int WAIT_TIME = 1 << 10;
    static final int INIT_TIME = 1 << 11;
    static final int KIND = 1 << 12;
    static final int CONDUCTOR = 1 << 13;
    static final int MEMORY = 1 << 14;
    private static final int ALL_REQUIRED = (1 << 15) - 1;

    private static final int SHORTEST_SUBJECT = 5;
    private static final int KNOWN_NAMES = 8192;

    /** Longer ones are another text each time. */
    private static final int LONGEST_KNOWN = 128;

    /** By the text itself: whoever reads events gives the same one for the same name. */
    private final Map<String, Boolean> knownNames = new IdentityHashMap<>();

    private int seen;
    private boolean ignored;

    void reset() {
        seen = 0;
        ignored = false;
    }

    /** All required fields that are there in the type that the service expects. */
    int seen() {
        return ignored ? 0 : seen;
    }

    /** Goes on as if these had been seen, and nothing else. */
    void saw(int required) {
        seen = required;
        ignored = false;
    }

    /** A required field is there, in the type that the service expects. */
    void sawAsExpected(int required) {
        seen |= required;
    }

    /** The service drops this event while parsing. */
    void isIgnored() {
        ignored = true;
    }

    /** Why the service would stumble; null if it would not. */
    String reason(String eventType, String subject, String name, Long statusCode) {
        if (ignored || seen != ALL_REQUIRED || !isKnownType(eventType)) {
            return null;
        }
        // A repeated key may have taken back what was seen before.
        if (subject == null || subject.length() < SHORTEST_SUBJECT || name == null || statusCode == null) {
            return null;
        }
        if (!isHarmless(statusCode)) {
            return "status code " + statusCode + " is none of 0 to 3";
        }
        return isActionPath(name) ? null : "name is no path of a namespace and an action";
    }

    /** True if the service knows the status code. */
    static boolean isHarmless(long statusCode) {
        return statusCode >= 0 && statusCode <= 3;
    }

    private static boolean isKnownType(String eventType) {
        return "Activation".equals(eventType) || "Metric".equals(eventType);
    }

    /** True if the service can split the name. */
    boolean isActionPath(String name) {
        Boolean known = knownNames.get(name);
        if (known == null) {
            known = ActionPath.of(name).isPresent();
            remember(name, known);
        }
        return known;
    }

    private void remember(String name, boolean isPath) {
        if (name.length() <= LONGEST_KNOWN) {
            if (knownNames.size() == KNOWN_NAMES) {
                knownNames.clear();
            }
            knownNames.put(name, isPath);
        }
    }
}
