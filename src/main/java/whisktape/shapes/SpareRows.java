package whisktape.shapes;

import java.util.concurrent.LinkedBlockingDeque;

/**
 * Rows that have been read and can be filled again: new memory would have to be cleared first, collected later, and brought to the
 * processor in between. From any thread.
 */
public final class SpareRows {
    /** So many that a confirmed batch of polls comes back as a whole; some seven megabytes. */
    private static final int MOST = 32;

    /** Fewer than a part of the room are better off with rows of their own. */
    private static final int PART = 8;

    private final int room;

    /** The last ones first, which are in the processor's cache. */
    private final LinkedBlockingDeque<EventRows> spare = new LinkedBlockingDeque<>(MOST);

    /** Those that have room for so many. */
    public SpareRows(int room) {
        this.room = room;
    }

    /** Rows that are empty, with room for at least so many. */
    public EventRows take(EventRows.Origin origin, NumberedTexts texts, int count) {
        boolean fits = count <= room && count > room / PART;
        EventRows last = fits ? spare.pollFirst() : null;
        EventRows rows = last == null ? new EventRows(this, fits ? room : count) : last;
        rows.begin(origin, texts);
        return rows;
    }

    /** Takes back what nobody reads any more. */
    void add(EventRows rows, int theirRoom) {
        if (theirRoom == room) {
            spare.offerFirst(rows);
        }
    }
}
