package whisktape.lab;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;
import whisktape.WhisktapeException;

/** The folder in which a broker keeps its data: it carries the cluster's id, given to it before the first start. */
final class BrokerFolder {
    private BrokerFolder() {}

    /** Makes the folder one that a broker can start in, unless it is one already; returns the cluster's id. */
    static String format(Path folder) {
        Path properties = folder.resolve("meta.properties");
        try {
            if (!Files.exists(properties)) {
                Files.createDirectories(folder);
                format(folder, Uuid.randomUuid().toString());
            }
            return clusterId(properties);
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot keep a Kafka broker's data in " + folder + ": " + e
                            + "; choose a folder that is new or writable",
                    e);
        }
    }

    private static void format(Path folder, String clusterId) throws IOException {
        try {
            new Formatter()
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .setClusterId(clusterId)
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .run();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    private static String clusterId(Path properties) throws IOException {
        Properties read = new Properties();
        try (InputStream in = Files.newInputStream(properties)) {
            read.load(in);
        }
        String id = read.getProperty("cluster.id");
        if (id == null) {
            throw new IOException(properties + " names no cluster.id");
        }
        return id;
    }
}
