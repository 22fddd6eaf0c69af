package whisktape.source;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InterruptException;
import whisktape.Event;
import whisktape.Message;

/**
 * Finds out whether a topic can be recorded, and why not. Reads only: it joins no group, commits nothing, and creates no
 * topic.
 */
public final class KafkaDoctor {
    private static final Duration CONNECT = Duration.ofSeconds(3);
    private static final Duration READ = Duration.ofSeconds(5);
    private static final Duration LISTEN = Duration.ofSeconds(2);
    private static final Duration SEGMENT_AGE = Duration.ofSeconds(30);
    private static final Duration TICK = Duration.ofMillis(100);
    private static final int NEWEST = 1_000;

    private final KafkaSettings settings;
    private final Admin admin;
    private final EventParser parser = new EventParser();
    private final List<Check> checks = new ArrayList<>();
    private final List<Event> newest = new ArrayList<>();

    private KafkaDoctor(KafkaSettings settings, Admin admin) {
        this.settings = settings;
        this.admin = admin;
    }

    /** Looks at everything, as far as one thing does not keep it from the next. */
    public static KafkaExamination examine(KafkaSettings settings) {
        Optional<Check> unreachable = unreachable(settings);
        if (unreachable.isPresent()) {
            return new KafkaExamination(List.of(unreachable.get()), List.of());
        }
        try {
            return examine(settings, Admin.create(TopicConsumer.connection(settings)));
        } catch (KafkaException e) {
            return new KafkaExamination(
                    List.of(Check.fail(
                            "kafka", KafkaFailure.explain(settings, e).getMessage(), Remedy.KAFKA_ADDRESS)),
                    List.of());
        }
    }

    private static KafkaExamination examine(KafkaSettings settings, Admin admin) {
        try {
            return new KafkaDoctor(settings, admin).examine();
        } finally {
            // Whoever has not answered until now is not waited for any longer.
            admin.close(Duration.ZERO);
        }
    }

    private KafkaExamination examine() {
        try {
            if (findCluster() && findTopic()) {
                examineTopic();
            }
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            checks.add(Check.fail("kafka", KafkaFailure.explain(settings, e).getMessage(), Remedy.KAFKA_ADDRESS));
        }
        return new KafkaExamination(List.copyOf(checks), List.copyOf(newest));
    }

    /** Why nobody can be connected to, at once instead of after the patience of Kafka's client. */
    private static Optional<Check> unreachable(KafkaSettings settings) {
        List<String> reasons = new ArrayList<>();
        for (String address : settings.bootstrapServers().split(",")) {
            int colon = address.lastIndexOf(':');
            if (colon < 0 || !address.substring(colon + 1).strip().matches("[0-9]{1,5}")) {
                reasons.add("'" + address + "' is no HOST:PORT");
                continue;
            }
            String host = address.substring(0, colon).strip();
            Optional<String> reason = unreachable(
                    host.replaceAll("^\\[|]$", ""),
                    Integer.parseInt(address.substring(colon + 1).strip()));
            if (reason.isEmpty()) {
                return Optional.empty();
            }
            reasons.add(reason.get());
        }
        return Optional.of(Check.fail("kafka", String.join(", ", reasons), Remedy.KAFKA_ADDRESS));
    }

    private static Optional<String> unreachable(String host, int port) {
        if (port > 0xffff) {
            return Optional.of(port + " is no port");
        }
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            return Optional.of("nobody knows the host " + host);
        }
        try (Socket socket = new Socket()) {
            socket.connect(address, Math.toIntExact(CONNECT.toMillis()));
            return Optional.empty();
        } catch (SocketTimeoutException e) {
            return Optional.of("no answer from " + host + ":" + port + " in " + CONNECT.toSeconds() + " s");
        } catch (IOException e) {
            return Optional.of("nothing listens at " + host + ":" + port);
        }
    }

    private boolean findCluster() throws ExecutionException, TimeoutException {
        var cluster = admin.describeCluster();
        Collection<Node> brokers = answer(cluster.nodes());
        List<String> lost = new ArrayList<>();
        for (Node broker : brokers) {
            unreachable(broker.host(), broker.port())
                    .ifPresent(reason ->
                            lost.add("a broker calls itself " + broker.host() + ":" + broker.port() + ": " + reason));
        }
        if (!lost.isEmpty()) {
            checks.add(Check.fail("kafka", String.join(", ", lost), Remedy.KAFKA_ADDRESS));
            return false;
        }
        checks.add(Check.ok(
                "kafka",
                String.format(
                        "cluster %s answers at %s, %,d %s",
                        answer(cluster.clusterId()),
                        settings.bootstrapServers(),
                        brokers.size(),
                        brokers.size() == 1 ? "broker" : "brokers")));
        return true;
    }

    private boolean findTopic() throws ExecutionException, TimeoutException {
        Set<String> topics = new TreeSet<>(answer(admin.listTopics().names()));
        if (topics.contains(settings.topic())) {
            checks.add(Check.ok("topic", settings.topic() + " is there"));
            return true;
        }
        List<String> similar =
                topics.stream().filter(name -> name.endsWith("events")).toList();
        checks.add(Check.fail(
                "topic",
                "there is no topic " + settings.topic()
                        + (similar.isEmpty() ? "" : "; one of these could be meant: " + String.join(", ", similar)),
                Remedy.TOPIC));
        return false;
    }

    private void examineTopic() throws ExecutionException, TimeoutException {
        int partitions = examinePartitions();
        if (partitions == 0) {
            return;
        }
        try (TopicConsumer consumer = new TopicConsumer(settings, KafkaSource.PATIENCE)) {
            List<Integer> all = IntStream.range(0, partitions).boxed().toList();
            Map<Integer, Long> first = consumer.firstOffsets(all);
            Map<Integer, Long> end = consumer.endOffsets(all);
            examineRetention(oldest(consumer, first, end));
            examineEvents(consumer, first, end);
        }
    }

    /** How many there are to read; 0 if they cannot be read. */
    private int examinePartitions() throws ExecutionException, TimeoutException {
        TopicDescription topic = answer(admin.describeTopics(List.of(settings.topic()))
                .topicNameValues()
                .get(settings.topic()));
        int partitions = topic.partitions().size();
        List<Integer> leaderless = topic.partitions().stream()
                .filter(partition -> partition.leader() == null)
                .map(partition -> partition.partition())
                .toList();
        if (!leaderless.isEmpty()) {
            checks.add(Check.fail("partitions", "no broker leads partition " + leaderless, Remedy.BROKERS));
            return 0;
        }
        checks.add(Check.ok(
                "partitions",
                partitions == 1
                        ? "1, as OpenWhisk creates it"
                        : String.format("%,d; events have no key, so their order holds in each only", partitions)));
        return partitions;
    }

    /** When the oldest message that is still there was sent, to the accuracy of one poll; empty if there is none. */
    private static Optional<Instant> oldest(TopicConsumer consumer, Map<Integer, Long> first, Map<Integer, Long> end) {
        Map<Integer, Long> filled = new HashMap<>(first);
        filled.keySet().removeIf(partition -> first.get(partition) >= end.get(partition));
        if (filled.isEmpty()) {
            return Optional.empty();
        }
        consumer.read(filled);
        List<Message> messages = List.of();
        for (long until = System.nanoTime() + READ.toNanos(); messages.isEmpty() && System.nanoTime() < until; ) {
            messages = consumer.messages(TICK, 1);
        }
        return messages.stream()
                .filter(message -> message.timestampType() != Message.TimestampType.NONE)
                .map(message -> Instant.ofEpochMilli(message.timestampMs()))
                .min(Instant::compareTo);
    }

    private void examineRetention(Optional<Instant> oldest) throws TimeoutException {
        Map<String, Long> limits = limits();
        long retentionMs = limits.getOrDefault("retention.ms", -1L);
        long retentionBytes = limits.getOrDefault("retention.bytes", -1L);
        String found = "Kafka keeps "
                + (retentionMs < 0 ? "events for ever" : EventsExamination.inWords(Duration.ofMillis(retentionMs)))
                + (retentionBytes < 0 ? "" : String.format(" and at most %,d MiB a partition", retentionBytes >> 20))
                + ", a segment is sealed after " + SEGMENT_AGE.toSeconds() + " s"
                + oldest.map(time -> "; what is there goes back "
                                + EventsExamination.inWords(Duration.between(time, Instant.now())))
                        .orElse("");
        String tooShort = ": a recorder that stands still for so long loses events; an existing topic keeps its setting"
                + " until kafka-configs.sh --alter";
        if (retentionMs >= 0 && retentionMs < 2 * SEGMENT_AGE.toMillis()) {
            checks.add(Check.fail("retention", found + tooShort, Remedy.RETENTION));
        } else if (retentionMs >= 0 && retentionMs < 10 * SEGMENT_AGE.toMillis()) {
            checks.add(Check.warn("retention", found + tooShort, Remedy.RETENTION));
        } else if (retentionBytes >= 0 && retentionBytes < 64 << 20) {
            checks.add(Check.warn("retention", found + tooShort, Remedy.RETENTION_BYTES));
        } else {
            checks.add(Check.ok("retention", found));
        }
    }

    /** The topic's own; none where this user may not see them. */
    private Map<String, Long> limits() throws TimeoutException {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, settings.topic());
        Map<String, Long> limits = new HashMap<>();
        try {
            Config config = answer(admin.describeConfigs(List.of(topic)).all()).get(topic);
            for (String name : List.of("retention.ms", "retention.bytes")) {
                ConfigEntry entry = config.get(name);
                if (entry != null && entry.value() != null) {
                    limits.put(name, Long.valueOf(entry.value()));
                }
            }
        } catch (ExecutionException e) {
            // Not everybody who may read a topic may see how it is configured.
            return Map.of();
        }
        return limits;
    }

    private void examineEvents(TopicConsumer consumer, Map<Integer, Long> first, Map<Integer, Long> end) {
        long sent = end.values().stream().mapToLong(Long::longValue).sum();
        if (sent == 0) {
            checks.add(Check.fail(
                    "user events",
                    "no event was ever sent to " + settings.topic()
                            + ": user events are off, or nothing was invoked yet",
                    Remedy.USER_EVENTS));
            return;
        }
        readNewest(consumer, first, end);
        if (newest.isEmpty()) {
            checks.add(Check.warn(
                    "user events",
                    String.format("all %,d events ever sent are gone: nothing was sent within the retention", sent),
                    Remedy.USER_EVENTS));
            return;
        }
        List<Event> arrived = new ArrayList<>();
        for (long until = System.nanoTime() + LISTEN.toNanos(); arrived.isEmpty() && System.nanoTime() < until; ) {
            consumer.messages(TICK, 1).forEach(message -> arrived.add(parser.parse(message)));
        }
        checks.addAll(new EventsExamination(newest, Instant.now()).checks(arrived));
    }

    private void readNewest(TopicConsumer consumer, Map<Integer, Long> first, Map<Integer, Long> end) {
        Map<Integer, Long> from = new HashMap<>();
        first.forEach((partition, offset) ->
                from.put(partition, Math.max(offset, end.get(partition) - NEWEST / first.size())));
        consumer.read(from);
        long until = System.nanoTime() + READ.toNanos();
        while (System.nanoTime() < until
                && end.keySet().stream().anyMatch(partition -> consumer.position(partition) < end.get(partition))) {
            consumer.messages(TICK, 1).forEach(message -> newest.add(parser.parse(message)));
        }
    }

    private static <T> T answer(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(KafkaSource.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
