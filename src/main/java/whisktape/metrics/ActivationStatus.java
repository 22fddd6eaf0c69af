package whisktape.metrics;

/** How activations end, in the order of their codes (OpenWhisk's {@code ActivationResult.scala}). */
enum ActivationStatus {
    SUCCESS("success"),
    APPLICATION_ERROR("application_error"),
    DEVELOPER_ERROR("action_developer_error"),
    INTERNAL_ERROR("whisk_internal_error");

    private final String label;

    ActivationStatus(String label) {
        this.label = label;
    }

    static boolean isCode(int code) {
        return code >= 0 && code < values().length;
    }

    static ActivationStatus ofCode(int code) {
        return values()[code];
    }

    /** As user-events writes it. */
    String label() {
        return label;
    }
}
