package whisktape.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import whisktape.Gap;
import whisktape.Times;
import whisktape.WhisktapeException;

/** Reads and replaces {@code recording.json}. */
final class ManifestFile {
    static final String NAME = "recording.json";

    /** A segment lies in the folder of its table: no manifest, whoever wrote it, leads anywhere else. */
    private static final Pattern SEGMENT_PATH = Pattern.compile("(events|activations)/[A-Za-z0-9._-]+\\.parquet");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .addModule(new SimpleModule()
                    .addSerializer(new InstantAsText())
                    .addDeserializer(Instant.class, new InstantFromText()))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private ManifestFile() {}

    static Manifest read(Path folder) {
        Path file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            throw new WhisktapeException(
                    "cannot open the recording " + folder + ": there is no " + NAME + " in it" + hintFor(folder));
        }
        try {
            JsonNode json = JSON.readTree(Files.readAllBytes(file));
            requireKnownFormat(folder, json);
            Manifest manifest = JSON.treeToValue(json, Manifest.class);
            requireSound(manifest);
            return manifest;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw WhisktapeException.damaged(
                    "cannot read " + file + ": it is not a manifest (" + firstLine(e)
                            + "); whisktape verify --repair rebuilds it from the sealed segments",
                    e);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** A manifest that stands somewhere else than in a recording. */
    static Manifest parse(String json, String where) {
        try {
            Manifest manifest = JSON.readValue(json, Manifest.class);
            requireSound(manifest);
            if (manifest.format() > Manifest.FORMAT) {
                throw new WhisktapeException("cannot read " + where + ": its format is " + manifest.format()
                        + " and this whisktape reads formats up to " + Manifest.FORMAT + "; use a newer whisktape");
            }
            return manifest;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            throw WhisktapeException.damaged(
                    "cannot read " + where + ": it begins with no manifest of a recording (" + firstLine(e) + ")", e);
        }
    }

    static void write(Path folder, Manifest manifest) throws IOException {
        byte[] json = JSON.writer()
                .with(SerializationFeature.INDENT_OUTPUT)
                .writeValueAsString(manifest)
                .concat("\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        Durable.replace(folder.resolve(NAME), json);
    }

    /** A part of a manifest as it stands in a segment's footer. */
    static String toJson(Object part) {
        try {
            return JSON.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + part + " as JSON", e);
        }
    }

    static <T> T fromJson(String json, Class<T> type) throws IOException {
        return JSON.readValue(json, type);
    }

    private static void requireKnownFormat(Path folder, JsonNode json) {
        JsonNode format = json.path("format");
        if (!format.isInt()) {
            throw new IllegalArgumentException("it names no format");
        }
        if (format.asInt() > Manifest.FORMAT) {
            throw new WhisktapeException("cannot open the recording " + folder + ": its format is " + format.asInt()
                    + " and this whisktape reads formats up to " + Manifest.FORMAT + "; use a newer whisktape");
        }
    }

    private static void requireSound(Manifest manifest) {
        if (manifest.state() == null || manifest.created() == null) {
            throw new IllegalArgumentException("state or created is missing");
        }
        if (manifest.labels() == null || manifest.gaps() == null || manifest.segments() == null) {
            throw new IllegalArgumentException("labels, gaps or segments is missing");
        }
        if (manifest.kafka() != null
                && (manifest.kafka().topic() == null
                        || !SegmentNames.isTopic(manifest.kafka().topic()))) {
            throw new IllegalArgumentException("kafka has no topic");
        }
        if (manifest.kafka() != null && isEmpty(manifest.kafka().lives())) {
            throw new IllegalArgumentException("kafka has no lives");
        }
        if (manifest.couchdb() != null && isEmpty(manifest.couchdb().lives())) {
            throw new IllegalArgumentException("couchdb has no lives");
        }
        for (Gap gap : manifest.gaps()) {
            Table.of(gap.table());
        }
        for (Segment segment : manifest.segments()) {
            requireSound(manifest, segment);
        }
    }

    private static void requireSound(Manifest manifest, Segment segment) {
        if (segment.file() == null || !SEGMENT_PATH.matcher(segment.file()).matches()) {
            throw new IllegalArgumentException("a segment's file is " + segment.file());
        }
        Table table = Table.of(segment.table());
        if (!segment.file().startsWith(table.text() + "/")) {
            throw new IllegalArgumentException("the table of " + segment.file() + " is " + segment.table());
        }
        if (!manifest.hasOrigin(table)) {
            throw new IllegalArgumentException("nothing says where " + segment.file() + " came from");
        }
        if (segment.sizeBytes() == null || segment.sha256() == null) {
            throw new IllegalArgumentException("size or checksum of " + segment.file() + " is missing");
        }
    }

    private static boolean isEmpty(List<?> lives) {
        return lives == null || lives.isEmpty();
    }

    private static String hintFor(Path folder) {
        if (!Files.exists(folder)) {
            return "; the folder does not exist";
        }
        if (!Files.isDirectory(folder)) {
            return "; it is not a folder";
        }
        return Stream.of(Table.values()).anyMatch(table -> Files.isDirectory(table.folderIn(folder)))
                ? "; whisktape verify --repair rebuilds it from the sealed segments"
                : "; a recording is the folder that was given to record -o";
    }

    private static String firstLine(Exception e) {
        return e.getMessage().lines().findFirst().orElse(e.getClass().getSimpleName());
    }

    private static final class InstantAsText extends StdSerializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantAsText() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator out, SerializerProvider provider) throws IOException {
            out.writeString(Times.format(instant));
        }
    }

    private static final class InstantFromText extends StdDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        InstantFromText() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return Instant.parse(in.getText());
        }
    }
}
