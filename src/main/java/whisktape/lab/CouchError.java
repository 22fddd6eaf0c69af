package whisktape.lab;

/** What CouchDB answers to a request that it does not fulfil. */
final class CouchError extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final String error;

    CouchError(int status, String error, String reason) {
        super(reason);
        this.status = status;
        this.error = error;
    }

    int status() {
        return status;
    }

    String error() {
        return error;
    }
}
