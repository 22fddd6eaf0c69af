package whisktape.lab;

import java.util.List;
import java.util.logging.Filter;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Keeps back what a broker says as a warning or an error though nothing is wrong: that it became the controller, that a
 * connection it closes is closed, that a partition it creates was missing. All else stays, and with INFO on these too.
 */
final class BrokerLog {
    private BrokerLog() {}

    /** Quiets these loggers; java.util.logging forgets a logger, and its filter with it, that nobody holds on to. */
    static List<Logger> quieted() {
        return List.of(
                quiet("org.apache.kafka.controller.QuorumController", "Performing controller activation"),
                quiet("org.apache.kafka.clients.NetworkClient", "Attempting to close NetworkClient"),
                quiet("state.change.logger", "to exist, but it was missing. Creating"));
    }

    private static Logger quiet(String name, String words) {
        Logger logger = Logger.getLogger(name);
        Filter others = logger.getFilter();
        logger.setFilter(entry -> (others == null || others.isLoggable(entry))
                && (logger.isLoggable(Level.INFO)
                        || !String.valueOf(entry.getMessage()).contains(words)));
        return logger;
    }
}
