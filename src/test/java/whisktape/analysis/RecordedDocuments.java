package whisktape.analysis;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;

/** Puts documents into a recording that has none yet. */
public final class RecordedDocuments {
    private RecordedDocuments() {}

    /** The recording in this folder, and these documents of the first life of a database. */
    public static Recording add(Path folder, List<Document> documents) {
        try (RecordingWriter writer =
                RecordingWriter.resume(folder, Map.of(), null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin(Optional.empty(), "activations", new DatabasePosition(1, Optional.empty(), "0"));
            writer.write(documents, Optional.of("1-last"));
            writer.finish();
        }
        return Recording.open(folder);
    }
}
