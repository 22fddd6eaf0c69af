package whisktape.report;

import java.util.List;
import whisktape.analysis.Column;
import whisktape.analysis.QueryHeader;

/**
 * The answer of one query.
 *
 * @param query its name
 * @param header what the query says of itself
 * @param columns of the rows
 * @param rows the first rows, as {@link whisktape.analysis.Rows} gives them
 * @param more how many rows come behind these
 */
public record Section(String query, QueryHeader header, List<Column> columns, List<List<Object>> rows, long more) {}
