/** Live systems and dumps in, as ordered batches of parsed events with the position behind them. */
package whisktape.source;
