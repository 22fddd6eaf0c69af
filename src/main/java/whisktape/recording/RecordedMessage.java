package whisktape.recording;

import whisktape.Message;

/**
 * A message read back, and the little of its typed layer that replay goes by.
 *
 * @param message as Kafka delivered it
 * @param eventTimeMs the event's own timestamp; null if it has none
 * @param poisonReason why user-events would stumble over it for ever; null for any other message
 */
public record RecordedMessage(Message message, Long eventTimeMs, String poisonReason) {

    /** When it happened as far as pacing goes: the Kafka timestamp, else the event's own; null if it has neither. */
    public Long timeMs() {
        return message.timestampMs() == Message.NO_TIMESTAMP ? eventTimeMs : (Long) message.timestampMs();
    }
}
