package whisktape.cli;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Ctrl-C and SIGTERM: a verb that has something to bring to an end says here how, and the process waits for that end and
 * exits with the verb's own code. Without such a verb the JVM ends at once, with 130 or 143.
 */
final class Interruption {
    private static Interruption current;

    /** More than one where a verb runs others. */
    private final List<Runnable> stops = new CopyOnWriteArrayList<>();

    private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
    private final Thread hook = new Thread(this::interrupted, "interruption");

    private Interruption() {}

    /** On an interruption calls {@code stop}, which makes the running verb come to its end soon. */
    static synchronized void stopsWith(Runnable stop) {
        if (current == null) {
            Interruption first = new Interruption();
            try {
                Runtime.getRuntime().addShutdownHook(first.hook);
            } catch (IllegalStateException e) {
                // The process is ending already, before the verb has begun: nobody will wait for it.
                stop.run();
                return;
            }
            current = first;
        }
        current.stops.add(stop);
    }

    /** To be called when the verb has ended and printed all; where nobody interrupted it the process goes on. */
    static synchronized void verbEnded(int code) {
        if (current == null) {
            return;
        }
        current.exitCode.complete(code);
        try {
            Runtime.getRuntime().removeShutdownHook(current.hook);
        } catch (IllegalStateException e) {
            // Interrupted: the hook runs, and ends the process with this code.
        }
        current = null;
    }

    private void interrupted() {
        stops.forEach(Runnable::run);
        Runtime.getRuntime().halt(exitCode.join());
    }
}
