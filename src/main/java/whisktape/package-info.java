/**
 * The vocabulary that every room shares: what one message of the events topic is, and how things go wrong.
 *
 * <p>Records mirror the wire, where a field may be absent: an absent field is {@code null} here, and a column without a
 * value in the recording. Times are the verbatim epoch milliseconds of the data, which may be any 64-bit number.
 */
package whisktape;
