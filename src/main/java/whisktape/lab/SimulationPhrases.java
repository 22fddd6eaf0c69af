package whisktape.lab;

import static whisktape.lab.SimulationText.encode;
import static whisktape.lab.SimulationText.quote;

/**
 * The pieces of JSON that are the same in every event and document of one callee, encoded once. Order and spelling of the
 * fields are those of a real OpenWhisk's output.
 */
final class SimulationPhrases {
    private static final int RESULTS = 16;

    final byte[] eventKind;
    final byte[] eventName;
    final SimulationEnvelope envelope;

    final byte[] documentId;
    final byte[] binding;
    final byte[] path;
    final byte[] kind;
    final byte[] limits;
    final byte[] documentName;
    final byte[] subject;

    private final byte[][] results = new byte[RESULTS][];
    private final int[] sizes = new int[RESULTS];

    SimulationPhrases(SimulatedCallee callee) {
        String quotedNamespace = quote(callee.caller.name());
        String quotedPath = quote(callee.action.path());
        String quotedKind = quote(callee.code == null ? "sequence" : callee.code.kind());
        eventKind = encode(",\"kind\":" + quotedKind + ",\"memory\":");
        eventName = encode(",\"name\":" + quotedPath);
        envelope = new SimulationEnvelope("Activation", callee.caller);

        documentId = encode(documentId(callee.caller));
        binding = encode(callee.binding
                .map(bound -> "{\"key\":\"binding\",\"value\":" + quote(bound) + "},")
                .orElse(""));
        path = encode("{\"key\":\"path\",\"value\":" + quotedPath + "}");
        kind = encode("{\"key\":\"kind\",\"value\":" + quotedKind + "}");
        limits = encode("{\"key\":\"limits\",\"value\":{\"concurrency\":"
                + (callee.code == null ? 1 : callee.code.concurrency()) + ",\"logs\":10,\"memory\":");
        documentName = encode(documentName(callee.action.name(), callee.caller));
        subject = encode(documentSubject(callee.caller));
        if (callee.code != null) {
            prepareResults(callee.code.answer());
        }
    }

    /** The beginning of a document; the activation's id follows. */
    static String documentId(SimulatedNamespace caller) {
        String quoted = quote(caller.name());
        return "{\"_id\":" + quoted.substring(0, quoted.length() - 1) + "/";
    }

    /** What stands between the logs and the result. */
    static String documentName(String name, SimulatedNamespace caller) {
        return "],\"name\":" + quote(name) + ",\"namespace\":" + quote(caller.name())
                + ",\"publish\":false,\"response\":{\"result\":";
    }

    /** What stands between the start and the time of the update. */
    static String documentSubject(SimulatedNamespace caller) {
        return ",\"subject\":" + quote(caller.subject()) + ",\"updated\":";
    }

    /** Lets a call answer as its action does when all is well. */
    void answer(SimulatedCall call) {
        int which = call.random.nextInt(RESULTS);
        call.result = results[which];
        call.size = sizes[which];
    }

    private void prepareResults(SimulatedAnswer answer) {
        for (int i = 0; i < RESULTS; i++) {
            String result = answer.result();
            if (answer.paddingChars() > 0) {
                String padding = "x".repeat(answer.paddingChars() * (i + 1) / RESULTS);
                String rest = result.equals("{}") ? "}" : "," + result.substring(1);
                result = "{\"data\":\"" + padding + "\"" + rest;
            }
            results[i] = encode(result);
            sizes[i] = result.length();
        }
    }
}
