package whisktape.source;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the server has answered.
 *
 * @param status HTTP's
 * @param body its bytes; only the first {@code length} of them count
 * @param length how many were read
 * @param tooLarge true if there were more than wanted, and the rest was not read
 * @param retryAfter how long the server asks to be left alone
 * @param date when it answered by its own clock, in whole seconds
 */
record CouchAnswer(
        int status, byte[] body, int length, boolean tooLarge, Optional<Duration> retryAfter, Optional<Instant> date) {

    boolean isOk() {
        return status >= 200 && status < 300;
    }

    /** True where CouchDB itself knows no such database; 404 alone may come from what stands before it. */
    boolean isCouchsNotFound() {
        return status == 404 && CouchClient.json(this).path("error").asText().equals("not_found");
    }

    /** True where it is worth asking again: the server is overloaded, or what stands before it does not reach it. */
    boolean isTransient() {
        return status == 408 || status == 429 || status >= 500;
    }
}
