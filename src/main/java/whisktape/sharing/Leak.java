package whisktape.sharing;

/**
 * Something that must not leave, and is in a file that would.
 *
 * @param entry the name of the file's entry
 * @param place where in it, in a few words
 * @param what kind of thing it is; never the thing itself
 */
record Leak(String entry, String place, String what) {
    /** How it begins what a leak is of which we know that it was redacted. */
    static final String ORIGINAL = "a value that was redacted elsewhere";

    /** False for what only looks like a secret. */
    boolean isOfAnOriginal() {
        return what.startsWith(ORIGINAL);
    }

    /** Statistics, dictionary and pages of a column hold what the column holds. */
    Leak ofColumn() {
        return new Leak(entry, place.replaceFirst("^(the statistics|the dictionary|a page) of (?=column )", ""), what);
    }
}
