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
import org.apache.kafka.common.KafkaFuture;
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
            return topic(describe(), KafkaSource.PATIENCE.toNanos());
        } catch (ExecutionException | TimeoutException e) {
            throw KafkaFailure.explain(settings, e);
        }
    }

    /** Asks what the topic is. The answer is of a later time than anything that was read before. */
    Question ask() {
        return new Question();
    }

    /** What was asked, and may not have been answered yet. */
    final class Question {
        private final KafkaFuture<TopicDescription> description = describe();
        private final long untilNanos = System.nanoTime() + LOOK.toNanos();

        private Question() {}

        /** True if waiting for the answer is over. */
        boolean isOver() {
            return description.isDone() || System.nanoTime() >= untilNanos;
        }

        /** The topic; empty where the cluster does not answer, or has no such topic now and may have one later. Waits for it. */
        Optional<Topic> answer() {
            try {
                return Optional.of(topic(description, Math.max(0, untilNanos - System.nanoTime())));
            } catch (TimeoutException e) {
                return Optional.empty();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof RetriableException) {
                    return Optional.empty();
                }
                throw KafkaFailure.explain(settings, e);
            }
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }

    private KafkaFuture<TopicDescription> describe() {
        return admin.describeTopics(List.of(settings.topic()), new DescribeTopicsOptions())
                .topicNameValues()
                .get(settings.topic());
    }

    private static Topic topic(KafkaFuture<TopicDescription> description, long atMostNanos)
            throws ExecutionException, TimeoutException {
        try {
            TopicDescription topic = description.get(atMostNanos, TimeUnit.NANOSECONDS);
            Optional<String> id = Optional.of(topic.topicId())
                    .filter(known -> !known.equals(Uuid.ZERO_UUID))
                    .map(Uuid::toString);
            return new Topic(id, topic.partitions().size());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }
}
