package whisktape.source;

import java.util.Optional;

/**
 * One thing that was looked at before recording.
 *
 * @param name what, in a word or two
 * @param result whether it is as it should be
 * @param found what was found, in a sentence
 * @param remedy what to change; empty where all is well
 */
public record Check(String name, Result result, String found, Optional<Remedy> remedy) {

    /** How it is. */
    public enum Result {
        OK,
        /** Recording is possible, and may not hold what one expects. */
        WARN,
        /** Nothing can be recorded from here before this is changed. */
        FAIL
    }

    static Check ok(String name, String found) {
        return new Check(name, Result.OK, found, Optional.empty());
    }

    static Check warn(String name, String found, Remedy remedy) {
        return new Check(name, Result.WARN, found, Optional.of(remedy));
    }

    static Check fail(String name, String found, Remedy remedy) {
        return new Check(name, Result.FAIL, found, Optional.of(remedy));
    }

    /** The same where it was only tried because nothing else was asked for. */
    public Check asWarning() {
        return result == Result.FAIL ? new Check(name, Result.WARN, found, remedy) : this;
    }
}
