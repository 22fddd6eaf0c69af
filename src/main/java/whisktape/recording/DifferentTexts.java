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

/** Texts each differing from all others, in the order in which they came: a dictionary. */
final class DifferentTexts {
    /** Texts that came lately; of those with the same slot the last. */
    private static final int RECENT = 512;

    private final List<Binary> texts = new ArrayList<>();
    private final Map<Object, Integer> places = new HashMap<>();
    private final Object[] recent = new Object[RECENT];
    private final int[] recentPlaces = new int[RECENT];
    private int bytes;

    /** The place of a {@link String} or {@link Binary}, the same one in each call; a new one if it was not there. */
    int placeOf(Object text) {
        // The same text mostly is the same object: found without looking at its bytes.
        int slot = System.identityHashCode(text) & RECENT - 1;
        if (recent[slot] != text) {
            recentPlaces[slot] = find(text);
            recent[slot] = text;
        }
        return recentPlaces[slot];
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
