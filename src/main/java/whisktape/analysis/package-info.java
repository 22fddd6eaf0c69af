/**
 * Recordings as SQL tables: queries in, rows out. The only room that knows DuckDB, JDBC and Spark.
 *
 * <p>A recording may come from anybody. So whatever is asked, the engine reads the segments that the manifest names and
 * nothing else, and writes nothing but its own spilled data.
 */
package whisktape.analysis;
