package whisktape.recording;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.io.api.Binary;
import whisktape.shapes.NumberedTexts;

/** Texts each differing from all others, in the order in which they came: a dictionary. */
final class DifferentTexts {
    private static final int FEWEST_RECENT = 64;
    private static final int MOST_RECENT = 1 << 13;

    private final List<Binary> texts = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();

    /** Texts that came lately; of those with the same slot the last. Four times as many slots as there are texts, up to a bound. */
    private Object[] recent = new Object[FEWEST_RECENT];

    private int[] recentPlaces = new int[FEWEST_RECENT];
    private int bytes;

    /** Those of which the places are known by number; null if there are none. */
    private NumberedTexts numbered;

    /** By number, one more than the place; 0 where it was not asked for. */
    private int[] numberedPlaces = new int[FEWEST_RECENT];

    /** The place of a {@link String} or {@link Binary}, the same one in each call; a new one if it was not there. */
    int placeOf(Object text) {
        // The same text mostly is the same object: found without looking at its bytes.
        int slot = System.identityHashCode(text) & recent.length - 1;
        if (recent[slot] == text) {
            return recentPlaces[slot];
        }
        int place = find(text);
        recent[slot] = text;
        recentPlaces[slot] = place;
        if (texts.size() > recent.length / 4 && recent.length < MOST_RECENT) {
            recent = new Object[2 * recent.length];
            recentPlaces = new int[recent.length];
        }
        return place;
    }

    /** The place of a numbered text; a new one if it was not there. */
    int placeOf(int number, NumberedTexts from) {
        if (from != numbered) {
            numbered = from;
            Arrays.fill(numberedPlaces, 0);
        }
        if (number >= numberedPlaces.length) {
            numberedPlaces = Arrays.copyOf(numberedPlaces, 2 * number);
        }
        int place = numberedPlaces[number];
        if (place == 0) {
            place = 1 + find(from.text(number));
            numberedPlaces[number] = place;
        }
        return place - 1;
    }

    int count() {
        return texts.size();
    }

    /** What {@link #toBytes} will be. */
    int sizeBytes() {
        return bytes;
    }

    void clear() {
        if (!texts.isEmpty()) {
            texts.clear();
            places.clear();
            Arrays.fill(recent, null);
            numbered = null;
            bytes = 0;
        }
    }

    void addTo(Statistics<?> statistics) {
        texts.forEach(statistics::updateStats);
    }

    /** All of them, each behind its length in four bytes, the lowest first. */
    byte[] toBytes() {
        ByteBuffer all = ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
        for (Binary text : texts) {
            all.putInt(text.length()).put(text.getBytesUnsafe());
        }
        return all.array();
    }

    private int find(Object text) {
        Integer place = places.get(text);
        if (place != null) {
            return place;
        }
        // The reader of another file may keep a whole page alive behind its bytes.
        Binary own = Binary.fromConstantByteArray(
                text instanceof Binary bytes ? bytes.getBytes() : ((String) text).getBytes(StandardCharsets.UTF_8));
        places.put(text instanceof Binary ? own : text, texts.size());
        texts.add(own);
        bytes += Integer.BYTES + own.length();
        return texts.size() - 1;
    }
}
