/**
 * Recordings as single files that are handed on: redacted, packed and searched for secrets, and unpacked with nothing in them believed.
 *
 * <p>What leaves is an allow-list. Numbers, times and words that OpenWhisk itself uses stay as they are; names become pseudonyms;
 * everything else is left out, whatever it is.
 */
package whisktape.sharing;
