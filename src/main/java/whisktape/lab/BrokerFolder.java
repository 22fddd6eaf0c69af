package whisktape.lab;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;
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
                requireEmpty(folder);
                format(folder, Uuid.randomUuid().toString());
            }
            requireUnused(folder);
            return clusterId(properties);
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot keep a Kafka broker's data in " + folder + ": " + e
                            + "; choose a folder that is new or writable",
                    e);
        }
    }

    /** A broker would put its files among somebody's. */
    private static void requireEmpty(Path folder) throws IOException {
        try (Stream<Path> found = Files.list(folder)) {
            if (found.findAny().isPresent()) {
                throw WhisktapeException.refused("cannot keep a Kafka broker's data in " + folder
                        + ": it holds other files; choose a folder that is new or empty");
            }
        }
    }

    /** A broker holds this lock while it runs; asked beforehand, because Kafka says so in a page of traces. */
    private static void requireUnused(Path folder) throws IOException {
        try (FileChannel lock = FileChannel.open(folder.resolve(".lock"), CREATE, WRITE)) {
            if (lock.tryLock() == null) {
                throw inUse(folder);
            }
        } catch (OverlappingFileLockException e) {
            throw inUse(folder);
        }
    }

    private static WhisktapeException inUse(Path folder) {
        return new WhisktapeException("cannot keep a Kafka broker's data in " + folder
                + ": another broker is using it; stop that one or choose another folder");
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
