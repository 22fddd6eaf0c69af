package whisktape.lab;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** Makes a recording of a simulation without any server: as if a recorder had been there all the time. */
public final class SimulationRecording {
    private static final String CLUSTER = "simulated";
    private static final int DOCUMENTS_A_PAGE = 1000;

    /** How long a message takes from the broker to the recorder. */
    private static final long ON_THE_WAY_MS = 5;

    private final RecordingWriter writer;
    private final EventParser parser = new EventParser();
    private final DocumentParser documentParser = new DocumentParser();
    private final List<Document> page = new ArrayList<>();
    private long events;
    private long documents;

    private SimulationRecording(RecordingWriter writer) {
        this.writer = writer;
    }

    /**
     * What was made.
     *
     * @param events written
     * @param documents written
     * @param planted what the planted bottlenecks really cost
     */
    public record Made(long events, long documents, List<PlantedBottleneck> planted) {}

    /**
     * Runs a simulation to its end and records what it lets out. The same plan and seed give the same recording.
     *
     * @param folder empty or not there yet
     */
    public static Made write(Path folder, SimulationPlan plan, long seed) {
        Simulation simulation = Simulation.of(plan, seed);
        SimulatedClock clock = new SimulatedClock(plan.start());
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), "simulated with seed " + seed, SealLimits.DEFAULT, clock)) {
            writer.begin(CLUSTER, Lab.TOPIC, new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.begin(Optional.of(CLUSTER), Lab.DATABASE, new DatabasePosition(1, Optional.empty(), "0"));
            SimulationRecording recording = new SimulationRecording(writer);
            while (simulation.hasNext()) {
                Emission emission = simulation.next();
                clock.now = Instant.ofEpochMilli(emission.timeMs() + ON_THE_WAY_MS);
                if (emission instanceof SimulatedEvent event) {
                    recording.write(event);
                } else if (emission instanceof SimulatedDocument document) {
                    recording.write(document);
                }
            }
            recording.writePage();
            writer.finish();
            return new Made(recording.events, recording.documents, simulation.truth());
        }
    }

    private void write(SimulatedEvent event) {
        Message message = new Message(
                1,
                0,
                events++,
                event.timestampMs(),
                Message.TimestampType.CREATE,
                event.timeMs() + ON_THE_WAY_MS,
                null,
                event.value(),
                List.of());
        writer.write(parser.parse(message));
    }

    private void write(SimulatedDocument document) {
        String updateSeq = Long.toString(++documents);
        page.add(documentParser.parse(
                1, updateSeq, document.timeMs() + ON_THE_WAY_MS, null, null, false, document.text()));
        if (page.size() == DOCUMENTS_A_PAGE) {
            writePage();
        }
    }

    private void writePage() {
        writer.write(page, Optional.of(Long.toString(documents)));
        page.clear();
    }

    /** Shows the simulated time, so that nothing in a recording depends on when it was made. */
    private static final class SimulatedClock implements InstantSource {
        private Instant now;

        SimulatedClock(Instant start) {
            this.now = start;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
