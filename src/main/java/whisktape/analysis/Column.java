package whisktape.analysis;

/**
 * One column of a result.
 *
 * @param name as the query names it
 * @param isNumber true if its values are numbers
 */
public record Column(String name, boolean isNumber) {}
