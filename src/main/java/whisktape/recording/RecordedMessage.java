package whisktape.recording;

import whisktape.Message;

/**
 * A message read back.
 *
 * @param message as Kafka delivered it
 * @param poisonReason why user-events would stumble over it for ever; null for any other message
 */
public record RecordedMessage(Message message, String poisonReason) {}
