package whisktape.sharing;

/** Says which rows of a table are meant, by their places. */
@FunctionalInterface
public interface RowFilter {

    /**
     * True for a row that is meant.
     *
     * @param incarnation the life of its topic or database
     * @param partition of its topic; 0 for documents
     * @param number its offset, or the number of its change
     */
    boolean test(int incarnation, int partition, long number);
}
