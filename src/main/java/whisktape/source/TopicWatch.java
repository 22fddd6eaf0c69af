package whisktape.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RetriableException;

/** Asks the cluster which topic bears the name now: its id and its number of partitions. */
final class TopicWatch implements AutoCloseable {
    /** Less than for a first answer: while the cluster is away, the recorder must still notice that it shall stop. */
    private static final Duration LOOK = Duration.ofSeconds(3);

    private final KafkaSettings settings;
    private final Admin admin;

    TopicWatch(KafkaSettings settings) {
        this.settings = settings;
        try {
            this.admin = Admin.create(TopicConsumer.connection(settings));
        } catch (KafkaException e) {
            throw KafkaFailure.explain(settings, e);
        }
    }

    /**
     * What the name stands for.
     *
     * @param id Kafka's id; empty with brokers before 2.8
     * @param partitions how many
     */
    record Topic(Optional<String> id, int partitions) {}

    String clusterId() {
        try {
            return admin.describeCluster().clusterId().get(KafkaSource.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaFailure.explain(settings, e);
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** The topic, which must be there. */
    Topic require() {
        try {
            return describe(KafkaSource.PATIENCE);
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaFailure.explain(settings, e);
        }
    }

    /** The topic; empty where the cluster does not answer, or has no such topic now and may have one later. */
    Optional<Topic> look() {
        try {
            return Optional.of(describe(LOOK));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                return Optional.empty();
            }
            throw KafkaFailure.explain(settings, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private Topic describe(Duration atMost) throws ExecutionException, TimeoutException {
        try {
            TopicDescription topic = admin.describeTopics(List.of(settings.topic()), new DescribeTopicsOptions())
                    .topicNameValues()
                    .get(settings.topic())
                    .get(atMost.toMillis(), TimeUnit.MILLISECONDS);
            Optional<String> id = Optional.of(topic.topicId())
                    .filter(known -> !known.equals(Uuid.ZERO_UUID))
                    .map(Uuid::toString);
            return new Topic(id, topic.partitions().size());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
