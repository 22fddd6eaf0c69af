package whisktape;

/** Something outside whisktape that the user can act on: the message says what was tried, what happened, what to do. */
public final class WhisktapeException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** What the process returns for it; the numbers are those of the command line's contract. */
    public enum Kind {
        FAILED(1),
        REFUSED(2),
        DAMAGED(3);

        private final int exitCode;

        Kind(int exitCode) {
            this.exitCode = exitCode;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private final Kind kind;

    public WhisktapeException(String message) {
        this(Kind.FAILED, message, null);
    }

    public WhisktapeException(String message, Throwable cause) {
        this(Kind.FAILED, message, cause);
    }

    private WhisktapeException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
    }

    /** A guard said no, or the arguments make no sense together: nothing was done. */
    public static WhisktapeException refused(String message) {
        return new WhisktapeException(Kind.REFUSED, message, null);
    }

    /** The same where something else has said no. */
    public static WhisktapeException refused(String message, Throwable cause) {
        return new WhisktapeException(Kind.REFUSED, message, cause);
    }

    /** A recording is not what it should be. */
    public static WhisktapeException damaged(String message, Throwable cause) {
        return new WhisktapeException(Kind.DAMAGED, message, cause);
    }

    public Kind kind() {
        return kind;
    }
}
