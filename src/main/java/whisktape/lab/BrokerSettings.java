package whisktape.lab;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** What a broker must be told so that one alone is a whole cluster, and a small one. */
final class BrokerSettings {
    static final int NODE_ID = 1;
    static final String CONTROLLER = "CONTROLLER";

    private BrokerSettings() {}

    static Map<String, String> of(Path folder, String host, int brokerPort, int controllerPort) {
        Map<String, String> settings = new HashMap<>();
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", Integer.toString(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER);
        settings.put("inter.broker.listener.name", "BROKER");
        settings.put("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT");
        settings.put(
                "listeners", "BROKER://" + host + ":" + brokerPort + ",CONTROLLER://" + host + ":" + controllerPort);
        settings.put("log.dirs", folder.toString());
        settings.put("auto.create.topics.enable", "false");
        settings.putAll(ALONE);
        settings.putAll(SMALL);
        return settings;
    }

    /** Kafka's own topics want three brokers by default, and a consumer group waits three seconds for more members. */
    private static final Map<String, String> ALONE = Map.of(
            "offsets.topic.replication.factor", "1",
            "offsets.topic.num.partitions", "1",
            "transaction.state.log.replication.factor", "1",
            "transaction.state.log.min.isr", "1",
            "transaction.state.log.num.partitions", "1",
            "share.coordinator.state.topic.replication.factor", "1",
            "share.coordinator.state.topic.min.isr", "1",
            "share.coordinator.state.topic.num.partitions", "1",
            "group.initial.rebalance.delay.ms", "0",
            // A busy machine may need longer than the default of 9 s from the first thread to a registered broker.
            "initial.broker.registration.timeout.ms", "60000");

    /** The defaults are for a server of its own; the log cleaner alone would take 128 MiB of this process's heap. */
    private static final Map<String, String> SMALL = Map.of(
            "log.cleaner.dedupe.buffer.size", "2097152",
            "num.network.threads", "2",
            "num.io.threads", "4",
            "background.threads", "2",
            "num.recovery.threads.per.data.dir", "1",
            // Nobody looks at the broker's own measurements, and two brokers in one process would quarrel over names.
            "auto.include.jmx.reporter", "false");
}
