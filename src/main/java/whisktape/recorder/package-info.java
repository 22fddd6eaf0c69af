/** Polls a source on one thread, fills and seals segments on another, and knows when to stop. */
package whisktape.recorder;
