package whisktape.sharing;

/** An archive is not what {@code share} writes; the message is the end of a sentence that begins with the file's name. */
final class ArchiveException extends Exception {
    private static final long serialVersionUID = 1;

    ArchiveException(String message) {
        super(message);
    }

    static void require(boolean holds, String otherwise) throws ArchiveException {
        if (!holds) {
            throw new ArchiveException(otherwise);
        }
    }
}
