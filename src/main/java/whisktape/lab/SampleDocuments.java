package whisktape.lab;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.recording.DocumentReader;
import whisktape.recording.JsonTimes;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** Puts the activations of a recording into a lab's database, their times moved so that the first of its events is now. */
final class SampleDocuments {
}
