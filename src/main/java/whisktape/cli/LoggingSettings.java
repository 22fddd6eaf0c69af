package whisktape.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/**
 * Libraries speak through java.util.logging at WARNING; parquet-java is many times slower where DEBUG is on. The JDK makes one of
 * these when something is about to be logged for the first time, which most short verbs never come to.
 */
public final class LoggingSettings {
    public LoggingSettings() throws IOException {
        try (InputStream settings = LoggingSettings.class.getResourceAsStream("/logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        }
    }

    static void useWhenAnythingIsLogged() {
        System.setProperty("java.util.logging.config.class", LoggingSettings.class.getName());
    }
}
