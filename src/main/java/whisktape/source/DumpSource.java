package whisktape.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.Event;
import whisktape.Message;
import whisktape.Position;
import whisktape.WhisktapeException;

/**
 * Events that another tool dumped, one a line: as {@code kcat -J} writes them, or bare values as the console consumer prints
 * them, which count from offset 0. Plain or gzip.
 *
 * <p>A line of a kcat dump that is none, or whose offset came before, cannot be placed: it is left out and counted.
 */
public final class DumpSource extends FileSource<EventBatch> implements EventSource {
    private final DumpFile in;
    private final EventParser parser = new EventParser();
    private final Map<Integer, Long> next = new HashMap<>();

    private String topic;
    private boolean isKcat;
    private long lines;
    private long leftOut;
    private String firstLeftOut;

    /** Opens a dump. Throws {@link WhisktapeException} if there is none, or it holds no line. */
    public DumpSource(Path file, String topic) {
        super(file);
        this.topic = topic;
        this.in = new DumpFile(file);
        begin();
    }

    /** Lines that could not be placed. */
    public long leftOut() {
        return leftOut;
    }

    /** Why this is not all that was dumped; empty as far as can be seen. */
    public Optional<String> damage() {
        return in.isCut()
                ? Optional.of(String.format("%s ends in the middle, behind %,d lines", file, lines))
                : Optional.empty();
    }

    /** What was wrong with the first of them; empty if there is none. */
    public Optional<String> firstLeftOut() {
        return Optional.ofNullable(firstLeftOut);
    }

    @Override
    public Optional<String> clusterId() {
        return Optional.empty();
    }

    @Override
    public String topic() {
        return topic;
    }

    @Override
    public Position start() {
        return new Position(1, Optional.empty(), Map.of());
    }

    @Override
    public EventBatch rest() {
        return EventBatch.EMPTY;
    }

    @Override
    public void close() {
        in.close();
    }

    @Override
    EventBatch read() {
        List<Event> events = new ArrayList<>();
        long sizeBytes = 0;
        try {
            while (!ended && sizeBytes < BATCH_BYTES) {
                Optional<Event> event = nextLine().flatMap(this::place);
                if (event.isPresent()) {
                    events.add(event.get());
                    sizeBytes += event.get().message().sizeBytes();
                }
            }
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + " behind line " + lines + ": " + e.getMessage(), e);
        }
        return new EventBatch(Optional.empty(), events);
    }

    private Optional<byte[]> nextLine() throws IOException {
        Optional<byte[]> line = in.nextLine();
        ended = line.isEmpty();
        lines += ended ? 0 : 1;
        return line;
    }

    private Optional<Event> place(byte[] bytes) {
        Optional<DumpLine> dumped = DumpLine.parse(bytes);
        if (lines == 1) {
            isKcat = dumped.isPresent();
        }
        if (!isKcat) {
            return Optional.of(placed(parser.parse(bare(bytes))));
        }
        if (dumped.isEmpty()) {
            return leaveOut("is no line of kcat -J");
        }
        DumpLine found = dumped.get();
        if (lines == 1 && found.topic() != null) {
            topic = found.topic();
        }
        if (found.topic() != null && !found.topic().equals(topic)) {
            return leaveOut("is of topic " + found.topic() + ", the dump began with " + topic);
        }
        Message message = found.message();
        if (message.incarnation() != 1) {
            return leaveOut("is of life " + message.incarnation() + " of the topic; only a whole export has several");
        }
        if (message.offset() < next.getOrDefault(message.partition(), 0L)) {
            return leaveOut(
                    "has offset " + message.offset() + " of partition " + message.partition() + ", which came before");
        }
        return Optional.of(placed(found.event(parser)));
    }

    private Message bare(byte[] value) {
        return new Message(
                1,
                0,
                next.getOrDefault(0, 0L),
                Message.NO_TIMESTAMP,
                Message.TimestampType.NONE,
                System.currentTimeMillis(),
                null,
                value,
                List.of());
    }

    private Event placed(Event event) {
        next.put(event.message().partition(), event.message().offset() + 1);
        return event;
    }

    private Optional<Event> leaveOut(String why) {
        leftOut++;
        if (firstLeftOut == null) {
            firstLeftOut = "line " + lines + " " + why;
        }
        return Optional.empty();
    }
}
