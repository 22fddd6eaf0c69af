package whisktape.cli;

import java.util.Optional;

/**
 * Where a replay goes, in words.
 *
 * @param to the address as the user gave it
 * @param topic of a Kafka
 */
record ReplayDestination(String to, Optional<String> topic) {
    static ReplayDestination kafka(String topic, String to) {
        return new ReplayDestination(to, Optional.of(topic));
    }

    static ReplayDestination metrics(String at) {
        return new ReplayDestination(at, Optional.empty());
    }

    @Override
    public String toString() {
        return topic.map(name -> "topic " + name + " at " + to).orElse("the metrics at " + to);
    }
}
