package whisktape.replay;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.Fixtures;
import whisktape.Message;
import whisktape.Position;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

/** Recordings whose recorder was killed, so that nothing merged their segments. */
final class Segments {
    private Segments() {}

    /** A recording of one partition with a segment for each of these. */
    @SafeVarargs
    static Recording write(Path folder, List<Message>... segments) {
        try (RecordingWriter writer =
                RecordingWriter.create(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(Fixtures.CLUSTER, Fixtures.TOPIC, new Position(1, Optional.empty(), Map.of(0, 0L)));
            for (List<Message> segment : segments) {
                segment.stream().map(Fixtures::unread).forEach(writer::write);
                writer.sealAll();
            }
        }
        return Recording.open(folder);
    }
}
