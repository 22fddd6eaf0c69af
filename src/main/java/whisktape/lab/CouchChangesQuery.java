package whisktape.lab;

import java.util.Map;

/**
 * What somebody asks the changes feed for.
 *
 * @param feed normal, longpoll or continuous
 * @param since where to begin, exclusive
 * @param limit rows at most
 * @param includeDocs whether each row holds its document
 * @param seqInterval every how many rows one bears its sequence; 0 for all
 * @param heartbeatMs how often an empty line is sent; 0 for never
 * @param timeoutMs when a feed without heartbeats ends
 */
record CouchChangesQuery(
        String feed,
        CouchSequence since,
        long limit,
        boolean includeDocs,
        long seqInterval,
        long heartbeatMs,
        long timeoutMs) {

    private static final long MOST_MS = 60_000;

    static CouchChangesQuery of(Map<String, String> parameters, CouchDatabase database) {
        return new CouchChangesQuery(
                feed(parameters),
                since(parameters.getOrDefault("since", "0"), database),
                number(parameters, "limit", Long.MAX_VALUE),
                parameters.getOrDefault("include_docs", "false").equals("true"),
                number(parameters, "seq_interval", 0),
                heartbeat(parameters),
                Math.min(MOST_MS, number(parameters, "timeout", MOST_MS)));
    }

    /** How long to wait at once. */
    long pauseMs() {
        return heartbeatMs > 0 ? heartbeatMs : timeoutMs;
    }

    private static String feed(Map<String, String> parameters) {
        String feed = parameters.getOrDefault("feed", "normal");
        return switch (feed) {
            case "normal", "longpoll", "continuous" -> feed;
            default -> throw new CouchError(400, "bad_request", "Supported `feed` types: normal, continuous, longpoll");
        };
    }

    private static CouchSequence since(String text, CouchDatabase database) {
        return switch (text) {
            case "0" -> CouchSequence.start(database.instanceStartTime());
            case "now" -> database.now();
            default ->
                CouchSequence.parse(text)
                        .orElseThrow(
                                () -> new CouchError(400, "bad_request", "Malformed sequence supplied in 'since'"));
        };
    }

    private static long heartbeat(Map<String, String> parameters) {
        String text = parameters.getOrDefault("heartbeat", "0");
        return text.equals("true") ? MOST_MS : text.equals("false") ? 0 : number(parameters, "heartbeat", 0);
    }

    private static long number(Map<String, String> parameters, String name, long otherwise) {
        String text = parameters.get(name);
        try {
            return text == null ? otherwise : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new CouchError(400, "query_parse_error", "Invalid value for integer: " + text);
        }
    }
}
