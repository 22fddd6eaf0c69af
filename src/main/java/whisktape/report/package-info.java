/** What a recording, or two, say: findings by the time at stake, sections of tables, comparisons, gates, and the page to look at. */
package whisktape.report;
