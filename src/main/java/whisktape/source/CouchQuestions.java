package whisktape.source;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/** One CouchDB server, asked one thing at a time, always with the same credentials or none. */
interface CouchQuestions {

    /**
     * What it says.
     *
     * @param status HTTP's
     * @param json the body; a missing node if it is no JSON
     * @param date when it was said, by the server's clock, in whole seconds; empty if it does not tell
     */
    record Answer(int status, JsonNode json, Optional<Instant> date) {
        boolean isOk() {
            return status >= 200 && status < 300;
        }

        String reason() {
            return json.path("reason").asText();
        }
    }

    /** Asks for what stands at this path. Throws {@link whisktape.WhisktapeException} where no answer comes, with the reason. */
    Answer get(String path);
}
