package whisktape.replay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.common.config.TopicConfig;
import whisktape.WhisktapeException;
import whisktape.recording.Manifest;

/** What may not be replayed where, because it would do harm; and what a user should know before. */
public final class Guards {
    private Guards() {}

    /** Refuses events that would stop OpenWhisk's user-events service for ever. */
    public static void requireNoPoison(ReplayPlan plan) {
        if (plan.poison() > 0) {
            throw WhisktapeException.refused("not replayed: " + plan.poison()
                    + (plan.poison() == 1 ? " event" : " events")
                    + " would stop OpenWhisk's user-events service for ever, the first at "
                    + plan.firstPoison().orElseThrow()
                    + "; leave them out with --where \"poison_reason IS NULL\", or send them with --allow-poison");
        }
    }

    /**
     * Refuses the cluster where the recording was made, and a topic that holds anything. Creates the topic if it is missing.
     *
     * @param force true to refuse neither
     * @param rebased true if the events' times are moved to now
     * @return sentences that the user should read
     */
    public static List<String> prepare(ReplayPlan plan, KafkaTarget target, boolean force, boolean rebased) {
        if (!force) {
            requireOtherCluster(plan, target);
        }
        int needed = Selection.partitionsNeeded(plan.selection().recording());
        if (target.partitions().isEmpty()) {
            target.create(needed);
            return List.of("created " + target + " with " + needed + (needed == 1 ? " partition" : " partitions"));
        }
        if (!force) {
            requireEmptyTopic(target);
        }
        List<String> notes = new ArrayList<>();
        int present = target.partitions().getAsInt();
        if (present < needed) {
            notes.add(target + " has " + present + " of the " + needed
                    + " partitions recorded: partition n goes into n modulo " + present + ", in its order");
        }
        notes.addAll(losses(plan, target, rebased));
        return notes;
    }

    /** What of the events the topic does not keep. */
    private static List<String> losses(ReplayPlan plan, KafkaTarget target, boolean rebased) {
        List<String> losses = new ArrayList<>();
        if (target.setting(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                .filter("LogAppendTime"::equals)
                .isPresent()) {
            losses.add(target
                    + " gives events its own timestamps (message.timestamp.type=LogAppendTime), not the recorded");
        }
        if (target.setting(TopicConfig.CLEANUP_POLICY_CONFIG)
                .filter(policy -> policy.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .isPresent()) {
            losses.add(
                    target + " is compacted (cleanup.policy): it takes no event without a key, and keeps one for each");
        }
        target.setting(TopicConfig.RETENTION_MS_CONFIG)
                .map(Long::parseLong)
                .filter(retentionMs -> !rebased && retentionMs >= 0 && isOlder(plan, retentionMs))
                .ifPresent(retentionMs -> losses.add(target + " keeps events for "
                        + Duration.ofMillis(retentionMs).toHours()
                        + " h (retention.ms), and these are older: it will delete them soon; move them with"
                        + " --rebase now"));
        return losses;
    }

    private static boolean isOlder(ReplayPlan plan, long retentionMs) {
        return plan.until().isPresent()
                && plan.until().get().toEpochMilli() < Instant.now().toEpochMilli() - retentionMs;
    }

    private static void requireOtherCluster(ReplayPlan plan, KafkaTarget target) {
        Manifest.Kafka source = plan.selection().recording().manifest().kafka();
        if (source != null && target.clusterId().equals(source.clusterId())) {
            throw WhisktapeException.refused("not replayed into " + target + ": the recording comes from this cluster ("
                    + source.clusterId() + "), where copies would be taken for new events; name another one with --to,"
                    + " or insist with --force");
        }
    }

    private static void requireEmptyTopic(KafkaTarget target) {
        SortedMap<Integer, Long> filled = target.filledPartitions();
        if (!filled.isEmpty()) {
            Map.Entry<Integer, Long> first = filled.entrySet().iterator().next();
            throw WhisktapeException.refused("not replayed into " + target + ": it is not empty, partition "
                    + first.getKey() + " holds " + first.getValue() + (first.getValue() == 1 ? " event" : " events")
                    + "; name an empty or a new one with --topic, or insist with --force");
        }
    }
}
