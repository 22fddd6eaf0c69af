package whisktape.lab;

/**
 * What an action says when all is well.
 *
 * @param result JSON
 * @param paddingChars at most this many characters more, for answers of different size; only for objects, 0 for none
 * @param userStatusCode the status code that stands in the result, as web actions have it; 0 for none
 * @param logLines written to its log
 */
public record SimulatedAnswer(String result, int paddingChars, int userStatusCode, int logLines) {
    public static final SimulatedAnswer OK = of("{\"ok\":true}");

    public static SimulatedAnswer of(String result) {
        return new SimulatedAnswer(result, 0, 0, 0);
    }

    /** As web actions answer. */
    public static SimulatedAnswer web(int statusCode) {
        return new SimulatedAnswer("{\"body\":{\"hi\":\"web\"},\"statusCode\":" + statusCode + "}", 0, statusCode, 0);
    }

    public SimulatedAnswer paddedUpTo(int chars) {
        return new SimulatedAnswer(result, chars, userStatusCode, logLines);
    }

    public SimulatedAnswer logging(int lines) {
        return new SimulatedAnswer(result, paddingChars, userStatusCode, lines);
    }
}
