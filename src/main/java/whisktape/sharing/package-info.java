/**
 * A recording for somebody else: redacted, packed into one file with a checksum, and searched for what must not be in it.
 *
 * <p>What leaves is an allow-list. Numbers, times and words that OpenWhisk itself uses stay as they are; names become pseudonyms;
 * everything else is left out, whatever it is.
 */
package whisktape.sharing;
