package whisktape.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamWriteConstraints;
import java.io.IOException;
import java.io.OutputStream;

/** JSON as it stands in recordings: what could be read when it was recorded can be read now, however deep or long it is. */
public final class RecordedJson {
    private static final JsonFactory JSON = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .maxNumberLength(Integer.MAX_VALUE)
                    .maxNameLength(Integer.MAX_VALUE)
                    .maxStringLength(Integer.MAX_VALUE)
                    .build())
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(Integer.MAX_VALUE)
                    .build())
            // Names of unknown fields are anybody's; interning them would fill memory for ever.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .build();

    private RecordedJson() {}

    public static JsonParser open(byte[] text) throws IOException {
        return JSON.createParser(text);
    }

    public static JsonParser open(byte[] text, int from, int until) throws IOException {
        return JSON.createParser(text, from, until - from);
    }

    /** Writes compact JSON in UTF-8. */
    public static JsonGenerator write(OutputStream out) throws IOException {
        return JSON.createGenerator(out);
    }
}
