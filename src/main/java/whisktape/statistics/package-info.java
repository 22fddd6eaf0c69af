/** What numbers say and how surely: quantiles, rates, intervals, comparisons of two samples. Numbers in, numbers out; it knows nothing of OpenWhisk. */
package whisktape.statistics;
