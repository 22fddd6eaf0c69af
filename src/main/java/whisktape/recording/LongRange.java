package whisktape.recording;

/** Numbers from one to another, both of them among them. */
public record LongRange(long from, long to) {}
