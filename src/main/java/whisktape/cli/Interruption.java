package whisktape.cli;

import java.util.concurrent.CompletableFuture;

/**
 * Ctrl-C and SIGTERM: a verb that has something to bring to an end says here how, and the process waits for that end and
 * exits with the verb's own code. Without such a verb the JVM ends at once, with 130 or 143.
 */
final class Interruption {
    private static final CompletableFuture<Integer> EXIT_CODE = new CompletableFuture<>();

    private Interruption() {}

    /** On an interruption calls {@code stop}, which makes the running verb come to its end soon. */
    static void stopsWith(Runnable stop) {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            // After System.exit the verb has ended already and there is nothing to wait for.
                            if (!EXIT_CODE.isDone()) {
                                stop.run();
                                Runtime.getRuntime().halt(EXIT_CODE.join());
                            }
                        },
                        "interruption"));
    }

    static void verbEnded(int exitCode) {
        EXIT_CODE.complete(exitCode);
    }
}
