package whisktape.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import picocli.CommandLine.Option;
import whisktape.WhisktapeException;

/** What every verb that talks to Kafka takes for TLS and SASL; the values are secrets and appear nowhere. */
final class KafkaOptions {
    @Option(
            names = "--kafka-config",
            paramLabel = "FILE",
            description = "Kafka client properties, for TLS and SASL: security.protocol, sasl.jaas.config, ...")
    private Path file;

    /** The properties in the file; none without one. */
    Map<String, Object> client() {
        Map<String, Object> client = new HashMap<>();
        if (file == null) {
            return client;
        }
        Properties properties = new Properties();
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(in);
        } catch (IOException | IllegalArgumentException e) {
            throw WhisktapeException.refused("cannot read " + file + " given to --kafka-config: "
                    + (Files.exists(file) ? "it is no readable properties file" : "there is no such file"));
        }
        properties.stringPropertyNames().forEach(name -> client.put(name, properties.getProperty(name)));
        return client;
    }
}
