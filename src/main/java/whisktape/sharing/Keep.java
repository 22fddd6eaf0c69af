package whisktape.sharing;

import java.util.Locale;

/** What a user may name to be left as it is. */
public enum Keep {
    /** Results of activations. */
    PAYLOADS,
    /** What actions printed, and why rules of triggers failed. */
    LOGS,
    /** Who called. */
    SUBJECTS,
    /** Namespaces, packages, actions, triggers, rules; kinds and components of one's own; topic and database. */
    NAMES,
    /** Halves of API keys. */
    USER_IDS,
    /** Keys of Kafka messages. */
    KEYS,
    /** Headers of Kafka messages. */
    HEADERS,
    /** What was given by {@code --label}. */
    LABELS,
    /** What was given by {@code --note}. */
    NOTE;

    /** As a user writes it: {@code user-ids}. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
