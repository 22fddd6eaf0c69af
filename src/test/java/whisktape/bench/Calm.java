package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** Recordings of the calm simulation, of any size; they stay in {@code target}, since a large one takes half an hour to make. */
final class Calm {
    /** What the simulation makes. */
    private static final double ACTIVATIONS_A_MINUTE = 5_730;

    private static final Duration WARM_UP = Duration.ofMinutes(2);

    private Calm() {}

    /** One of about so many activations. */
    static Path recording(long activations) throws IOException {
        Path recording = Path.of("target", "simulated", Long.toString(activations));
        if (!Files.exists(recording)) {
            Benchmark.say("simulating some %,d activations", activations);
            Path begun = recording.resolveSibling("begun");
            Benchmark.remove(begun);
            Files.createDirectories(recording.getParent());
            Duration length = WARM_UP.plusSeconds(Math.round(60 * activations / ACTIVATIONS_A_MINUTE));
            SimulationRecording.write(begun, SimulationPlan.calm().lasting(length), 1);
            Files.move(begun, recording);
        }
        return recording;
    }

    /** How many activations there are. */
    static long activations(Path recording) {
        return Recording.open(recording).segments(Segment.ACTIVATIONS).stream()
                .mapToLong(segment -> segment.counts().rows())
                .sum();
    }
}
