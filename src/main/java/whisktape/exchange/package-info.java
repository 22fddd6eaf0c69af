/** A recording as lines of JSON that other tools read, and back without a loss. */
package whisktape.exchange;
