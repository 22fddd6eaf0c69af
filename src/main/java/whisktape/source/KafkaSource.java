package whisktape.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import whisktape.Gap;
import whisktape.Partitions;
import whisktape.Position;
import whisktape.WhisktapeException;

/**
 * A Kafka topic from a position on: all partitions assigned by hand, no consumer group, nothing committed.
 *
 * <p>A topic that was deleted and created again looks to a Kafka consumer like one that went on. So what was polled is held
 * back until the cluster has confirmed, asked after the poll, that the topic still has the id it had. It is asked after {@link
 * #CONFIRM_AFTER} at most, or when {@link HeldEvents} are enough, and polling goes on meanwhile. What cannot be confirmed any more is
 * dropped and is part of a gap.
 */
public final class KafkaSource implements EventSource {
    /** How long the cluster may take for an answer that somebody waits for. */
    static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration CONFIRM_AFTER = Duration.ofMillis(200);
    private static final Duration WAIT_FOR_ANSWER = Duration.ofMillis(5);
    private static final Duration LOOK_AT_TOPIC_EVERY = Duration.ofSeconds(2);

    private final KafkaSettings settings;
    private final Share share;
    private final TopicWatch watch;
    private final TopicConsumer consumer;
    private final String clusterId;
    private final PolledEvents polled = new PolledEvents();
    private final HeldEvents held = new HeldEvents();
    private final List<Gap> gaps = new ArrayList<>();

    /** By partition, what comes next after everything confirmed in this life. */
    private final Map<Integer, Long> next = new TreeMap<>();

    /** About what is held; null if none is open. */
    private TopicWatch.Question question;

    private Position start;
    private Position life;
    private boolean lifeIsNew;
    private boolean away;
    private long lookedAtNanos = System.nanoTime();

    private KafkaSource(KafkaSettings settings, Share share) {
        this.settings = settings;
        this.share = share;
        this.watch = new TopicWatch(settings);
        try {
            this.clusterId = watch.clusterId();
            this.consumer = new TopicConsumer(settings, PATIENCE);
        } catch (KafkaException e) {
            watch.close();
            throw KafkaFailure.explain(settings, e);
        } catch (RuntimeException e) {
            watch.close();
            throw e;
        }
    }

    /** Opens a topic for a new recording. Throws {@link WhisktapeException} if it cannot be read. */
    public static KafkaSource open(KafkaSettings settings, StartAt at) {
        return open(settings, at, Share.ALL);
    }

    /** Opens a topic where an earlier recorder stopped. */
    public static KafkaSource open(KafkaSettings settings, Position position) {
        return open(settings, position, Share.ALL);
    }

    /** Opens a share of a topic for a new recorder. */
    public static KafkaSource open(KafkaSettings settings, StartAt at, Share share) {
        return opened(settings, share, source -> source.begin(at));
    }

    /** Opens a share of a topic where its earlier recorder stopped. */
    public static KafkaSource open(KafkaSettings settings, Position position, Share share) {
        return opened(settings, share, source -> source.resume(position));
    }

    /**
     * What one of several recorders reads.
     *
     * @param partitions of the topic
     * @param others where the others stand, who know of lives of the topic that this one may have missed; empty if there are none
     */
    public record Share(Partitions partitions, Optional<Position> others) {
        /** The whole topic. */
        public static final Share ALL = new Share(Partitions.parse("0-"), Optional.empty());

        /** Which life of the topic it is, given the one that was read before, 0 for none. */
        private int incarnation(TopicWatch.Topic topic, int before) {
            int known = others.map(Position::incarnation).orElse(0);
            boolean isKnown = others.isPresent() && !isAnother(topic, others.get());
            return Math.max(before + 1, isKnown ? known : known + 1);
        }
    }

    @Override
    public String name() {
        return settings.toString();
    }

    @Override
    public Optional<String> clusterId() {
        return Optional.of(clusterId);
    }

    @Override
    public String topic() {
        return settings.topic();
    }

    @Override
    public Position start() {
        return start;
    }

    @Override
    public EventBatch poll(Duration atMost) {
        if (!hasSomethingToHandOut() && !isAnswered(() -> pollConsumer(atMost))) {
            return EventBatch.EMPTY;
        }
        return handOut();
    }

    @Override
    public EventBatch rest() {
        if (held.hasUnconfirmed()) {
            isAnswered(() -> confirm(look()));
            held.dropUnconfirmed();
        }
        return handOut();
    }

    @Override
    public boolean isDrained() {
        if (held.hasUnconfirmed() || hasSomethingToHandOut()) {
            return false;
        }
        try {
            return consumer.endOffsets(consumer.partitions()).entrySet().stream()
                    .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        } catch (RetriableException | OffsetOutOfRangeException e) {
            // Nobody answered, or the next poll will have to deal with it: not drained in any case.
            return false;
        }
    }

    @Override
    public boolean isAway() {
        return away;
    }

    @Override
    public long lag() {
        return consumer.lag() + held.size();
    }

    @Override
    public void close() {
        watch.close();
        consumer.close();
    }

    private interface Opening {
        void on(KafkaSource source);
    }

    private static KafkaSource opened(KafkaSettings settings, Share share, Opening opening) {
        KafkaSource source = new KafkaSource(settings, share);
        try {
            opening.on(source);
            return source;
        } catch (KafkaException e) {
            source.close();
            throw KafkaFailure.explain(settings, e);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    private void begin(StartAt at) {
        TopicWatch.Topic topic = watch.require();
        requireShare(topic);
        Map<Integer, Long> offsets = consumer.offsetsAt(at, allOf(topic));
        start = new Position(share.incarnation(topic, 0), topic.id(), offsets);
        live(start);
    }

    private void resume(Position position) {
        start = position;
        life = position;
        next.putAll(position.nextOffsets());
        TopicWatch.Topic topic = watch.require();
        requireShare(topic);
        if (isAnother(topic)) {
            beginLife(topic, Gap.RECREATED);
            return;
        }
        readFromNext(allOf(topic));
    }

    private void live(Position life) {
        this.life = life;
        next.clear();
        next.putAll(life.nextOffsets());
        consumer.readNothing();
        consumer.read(next);
    }

    private boolean isAnother(TopicWatch.Topic topic) {
        return isAnother(topic, life);
    }

    private static boolean isAnother(TopicWatch.Topic topic, Position life) {
        return topic.id().isPresent()
                && life.topicId().isPresent()
                && !topic.id().equals(life.topicId());
    }

    /** All that are ours to read. */
    private List<Integer> allOf(TopicWatch.Topic topic) {
        return IntStream.range(0, topic.partitions())
                .filter(share.partitions()::contains)
                .boxed()
                .toList();
    }

    private void requireShare(TopicWatch.Topic topic) {
        if (allOf(topic).isEmpty()) {
            throw WhisktapeException.refused("cannot record partitions " + share.partitions() + " of " + settings
                    + ": it has " + topic.partitions() + ", numbered from 0");
        }
    }

    /** Partitions that nobody has read before are new, so they count from their first message. */
    private void readFromNext(List<Integer> partitions) {
        Map<Integer, Long> from = new TreeMap<>();
        consumer.firstOffsets(partitions).forEach((partition, first) -> {
            long expected = next.getOrDefault(partition, 0L);
            if (first > expected) {
                gaps.add(new Gap(life.incarnation(), partition, expected, first, Gap.RETENTION));
            }
            from.put(partition, Math.max(first, expected));
        });
        consumer.read(from);
        next.putAll(from);
    }

    /** False where the cluster is away for now; the consumer goes on by itself when it is back. */
    private boolean isAnswered(Runnable asking) {
        try {
            asking.run();
            return true;
        } catch (RetriableException e) {
            return false;
        } catch (KafkaException e) {
            throw KafkaFailure.explain(settings, e);
        }
    }

    private void pollConsumer(Duration atMost) {
        try {
            if (!held.isFull()) {
                polled.read(consumer.poll(untilLook(atMost)), life.incarnation())
                        .forEach(held::hold);
            }
            if (question != null) {
                if (question.isOver() || held.isFull()) {
                    confirm(answer());
                }
            } else if (isTimeToLook()) {
                ask();
            }
        } catch (OffsetOutOfRangeException e) {
            goOnAfterLoss(e);
        }
    }

    private Duration untilLook(Duration atMost) {
        if (question != null) {
            return WAIT_FOR_ANSWER;
        }
        Duration left = CONFIRM_AFTER.minusNanos(System.nanoTime() - lookedAtNanos);
        return !held.hasUnconfirmed() || left.compareTo(atMost) > 0 ? atMost : left.isNegative() ? Duration.ZERO : left;
    }

    private boolean isTimeToLook() {
        Duration wait = held.hasUnconfirmed() ? CONFIRM_AFTER : LOOK_AT_TOPIC_EVERY;
        return held.isEnough() || System.nanoTime() - lookedAtNanos >= wait.toNanos();
    }

    private void ask() {
        question = watch.ask();
        held.ask();
        lookedAtNanos = System.nanoTime();
    }

    private Optional<TopicWatch.Topic> answer() {
        Optional<TopicWatch.Topic> topic = question.answer();
        question = null;
        away = topic.isEmpty();
        return topic;
    }

    /** Asks anew, after all that has been polled, and waits for the answer. */
    private Optional<TopicWatch.Topic> look() {
        ask();
        return answer();
    }

    private void confirm(Optional<TopicWatch.Topic> topic) {
        if (topic.isEmpty()) {
            return;
        }
        if (isAnother(topic.get())) {
            beginLife(topic.get(), Gap.RECREATED);
            return;
        }
        held.confirm(next);
        List<Integer> added = new ArrayList<>(allOf(topic.get()));
        added.removeAll(consumer.partitions());
        if (!added.isEmpty()) {
            readFromNext(added);
        }
    }

    /** Some offsets are not there: either Kafka deleted them, or the log is not the one it was. */
    private void goOnAfterLoss(OffsetOutOfRangeException e) {
        Optional<TopicWatch.Topic> topic = look();
        if (topic.isEmpty()) {
            return;
        }
        Map<Integer, Long> lost = new TreeMap<>();
        for (Map.Entry<TopicPartition, Long> entry :
                e.offsetOutOfRangePartitions().entrySet()) {
            lost.put(entry.getKey().partition(), entry.getValue());
        }
        Map<Integer, Long> first = consumer.firstOffsets(lost.keySet());
        boolean behindTheEnd =
                lost.entrySet().stream().anyMatch(entry -> first.get(entry.getKey()) <= entry.getValue());
        if (isAnother(topic.get()) || behindTheEnd) {
            beginLife(topic.get(), isTheSame(topic.get()) ? Gap.TRUNCATED : Gap.RECREATED);
            return;
        }
        held.confirm(next);
        readFromNext(List.copyOf(lost.keySet()));
    }

    private boolean isTheSame(TopicWatch.Topic topic) {
        return topic.id().isPresent() && topic.id().equals(life.topicId());
    }

    /** What is not confirmed cannot be told from the new topic's messages, so it goes; the gap says from where on. */
    private void beginLife(TopicWatch.Topic topic, String reason) {
        Map<Integer, Long> first =
                reason.equals(Gap.TRUNCATED) ? consumer.endOffsets(allOf(topic)) : consumer.firstOffsets(allOf(topic));
        held.dropUnconfirmed();
        next.forEach((partition, expected) -> gaps.add(new Gap(life.incarnation(), partition, expected, null, reason)));
        live(new Position(share.incarnation(topic, life.incarnation()), topic.id(), first));
        lifeIsNew = true;
    }

    private boolean hasSomethingToHandOut() {
        return held.hasConfirmed() || lifeIsNew || !gaps.isEmpty();
    }

    /** Confirmed messages first: gaps and a new life were noticed after them. */
    private EventBatch handOut() {
        if (held.hasConfirmed()) {
            return held.take();
        }
        EventBatch batch = new EventBatch(List.copyOf(gaps), lifeIsNew ? Optional.of(life) : Optional.empty());
        gaps.clear();
        lifeIsNew = false;
        return batch;
    }
}
