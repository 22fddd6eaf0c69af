package whisktape.source;

import java.util.List;
import whisktape.Event;

/**
 * What was found at Kafka.
 *
 * @param checks in the order in which they were made; the last is the reason where no others were
 * @param newest the newest events, to look for their activations elsewhere
 */
public record KafkaExamination(List<Check> checks, List<Event> newest) {}
