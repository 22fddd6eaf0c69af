package whisktape.report;

import java.util.Map;
import java.util.Optional;
import whisktape.statistics.Interval;

/**
 * Something that costs time or loses work, and what to do about it: a row of a check, that is of a query with the columns that
 * {@code docs/queries.md} describes under "Checks".
 *
 * @param id the report it belongs to, such as {@code R02}, or a word of the query's author
 * @param claim one sentence with its figures
 * @param atStakeMs the time that would be saved, all calls together, in milliseconds; 0 where nothing took time
 * @param share of all response time of the base set, from 0 to 1
 * @param n the calls behind it
 * @param ci95 the 95 % interval of {@code atStakeMs}; empty where n is too small for one
 * @param confidence {@code measured}, {@code estimated} or {@code inferred}
 * @param subject what it is about: {@code action}, {@code namespace}, {@code invoker} and the like, in the query's order
 * @param next what to do
 * @param query the name of the query behind it
 */
public record Finding(
        String id,
        String claim,
        double atStakeMs,
        double share,
        long n,
        Optional<Interval> ci95,
        String confidence,
        Map<String, String> subject,
        String next,
        String query) {}
