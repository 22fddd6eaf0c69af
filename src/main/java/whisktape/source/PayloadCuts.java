package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The places of a JSON text that are not to be kept, and what stands there instead; all else stays byte for byte. */
final class PayloadCuts {
    private record Cut(int from, int until, String instead) {}

    private final boolean cutting;
    private final List<Cut> cuts = new ArrayList<>();
    private int from;

    /** With {@code cutting} false it keeps everything. */
    PayloadCuts(boolean cutting) {
        this.cutting = cutting;
    }

    boolean isCutting() {
        return cutting;
    }

    void reset() {
        cuts.clear();
    }

    /** The current value is not to be kept. */
    void begin(JsonParser in) {
        if (cutting) {
            from = LenientJson.startOf(in);
        }
    }

    /** The value begun has been read. */
    void end(JsonParser in, String instead) throws IOException {
        if (cutting) {
            cuts.add(new Cut(from, LenientJson.endOf(in), instead));
        }
    }

    byte[] apply(byte[] text) {
        if (cuts.isEmpty()) {
            return text;
        }
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        int at = 0;
        for (Cut cut : cuts) {
            kept.write(text, at, cut.from() - at);
            kept.writeBytes(cut.instead().getBytes(StandardCharsets.UTF_8));
            at = cut.until();
        }
        kept.write(text, at, text.length - at);
        return kept.toByteArray();
    }
}
