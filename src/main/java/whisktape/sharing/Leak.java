package whisktape.sharing;

/**
 * Something that must not leave, and is in a file that would.
 *
 * @param entry the name of the file's entry
 * @param place where in it, in a few words
 * @param what kind of thing it is; never the thing itself
 */
record Leak(String entry, String place, String what) {}
