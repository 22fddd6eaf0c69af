package whisktape.remote;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.UnsupportedFileSystemException;
import whisktape.WhisktapeException;

/**
 * Hadoop's file systems, as the user has set them up: those of the class path, and those whose jars lie in the folder
 * {@code connectors} beside the launcher; settings from {@code core-site.xml} and {@code hdfs-site.xml} in {@code
 * HADOOP_CONF_DIR}, and system properties whose names begin with {@code fs.} or {@code dfs.}.
 */
final class Connectors {
    /** What Hadoop would keep on trying for a quarter of an hour is an error here after half a minute; a user's settings come later. */
    private static final String DEFAULTS = """
            <configuration>
              <property><name>ipc.client.connect.timeout</name><value>10000</value></property>
              <property><name>ipc.client.connect.max.retries</name><value>3</value></property>
              <property><name>ipc.client.connect.max.retries.on.timeouts</name><value>2</value></property>
              <property><name>fs.s3a.attempts.maximum</name><value>3</value></property>
              <!-- The other one remembers objects, and ours are replaced. -->
              <property><name>fs.s3a.input.stream.type</name><value>classic</value></property>
              <property><name>fs.s3a.retry.limit</name><value>4</value></property>
            </configuration>
            """;

    private Connectors() {}

    /** Opens the file system of a URI; throws {@link WhisktapeException} where it cannot be had. */
    static FileSystem open(String scheme, String root) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        try {
            ClassLoader loader = loader();
            // Hadoop finds file systems by the first, and the SDKs behind them what they need by the second.
            Thread.currentThread().setContextClassLoader(loader);
            Configuration settings = settings();
            settings.setClassLoader(loader);
            return FileSystem.get(new URI(root.endsWith("//") ? root + "/" : root), settings);
        } catch (UnsupportedFileSystemException e) {
            throw missing(scheme, root, e);
        } catch (IOException | URISyntaxException | IllegalArgumentException e) {
            throw new WhisktapeException("cannot reach " + root + ": " + Failures.reason(e), e);
        } catch (RuntimeException | LinkageError e) {
            if (isMissingClass(e)) {
                throw missing(scheme, root, e);
            }
            throw new WhisktapeException("cannot reach " + root + ": " + Failures.reason(e), e);
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    /** In a source tree and in a release it is beside the launcher, which says where that is. */
    static Path folder() {
        return Path.of(System.getProperty("whisktape.home", "."), "connectors")
                .toAbsolutePath()
                .normalize();
    }

    private static Configuration settings() throws IOException {
        Configuration settings = new Configuration();
        settings.addResource(new ByteArrayInputStream(DEFAULTS.getBytes(StandardCharsets.UTF_8)), "whisktape", false);
        String folder = System.getenv("HADOOP_CONF_DIR");
        for (String name : List.of("core-site.xml", "hdfs-site.xml")) {
            if (folder != null && Files.isReadable(Path.of(folder, name))) {
                settings.addResource(Path.of(folder, name).toUri().toURL());
            }
        }
        Properties properties = System.getProperties();
        properties.stringPropertyNames().stream()
                .filter(name -> name.startsWith("fs.") || name.startsWith("dfs."))
                .forEach(name -> settings.set(name, properties.getProperty(name)));
        // Otherwise Hadoop closes it as soon as Ctrl-C is pressed, while the last segments are being sealed.
        settings.setBoolean("fs.automatic.close", false);
        return settings;
    }

    private static ClassLoader loader() throws IOException {
        ClassLoader ours = Connectors.class.getClassLoader();
        List<URL> jars = new ArrayList<>();
        if (Files.isDirectory(folder())) {
            try (DirectoryStream<Path> files = Files.newDirectoryStream(folder(), "*.jar")) {
                for (Path file : files) {
                    jars.add(file.toUri().toURL());
                }
            }
        }
        return jars.isEmpty() ? ours : new URLClassLoader(jars.toArray(URL[]::new), ours);
    }

    private static boolean isMissingClass(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ClassNotFoundException || cause instanceof NoClassDefFoundError) {
                return true;
            }
        }
        return false;
    }

    private static WhisktapeException missing(String scheme, String root, Throwable cause) {
        return new WhisktapeException(
                "cannot reach " + root + ": nothing here speaks " + scheme + " (" + Failures.reason(cause)
                        + "); put the jars of its connector into " + folder() + ", docs/remote.md says which",
                cause);
    }
}
