package whisktape.recording;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import whisktape.Partitions;
import whisktape.Times;
import whisktape.WhisktapeException;
import whisktape.remote.Places;

/** Reads and replaces {@code recording.json}. */
final class ManifestFile {
    static final String NAME = "recording.json";

    private static final int LONGEST_REASON = 300;

    private ManifestFile() {}

    /**
     * Reads the manifest of a folder, whole or in parts.
     *
     * @throws WhisktapeException where there is none, a newer one, or one that breaks a rule
     */
    static Manifest read(Path folder) {
        List<Partitions> shares = sharesIn(folder);
        if (shares.isEmpty()) {
            return readWhole(folder);
        }
        try {
            return ManifestParts.join(
                    shares.stream().map(share -> readPart(folder, share)).toList());
        } catch (IllegalArgumentException e) {
            throw WhisktapeException.damaged("cannot open the recording " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Manifest readWhole(Path folder) {
        Manifest manifest = readFile(folder, NAME);
        if (manifest.partitions() != null) {
            throw notAManifest(
                    folder.resolve(NAME),
                    new IllegalArgumentException("it is a part of one, of partitions " + manifest.partitions()));
        }
        return manifest;
    }

    /** Reads the part of one recorder alone. */
    static Manifest readPart(Path folder, Partitions share) {
        String name = ManifestParts.nameOf(share.toString());
        Manifest part = readFile(folder, name);
        try {
            if (!share.toString().equals(part.partitions())) {
                throw new IllegalArgumentException("it is of partitions " + part.partitions());
            }
            ManifestParts.requireOwn(part);
            return part;
        } catch (IllegalArgumentException e) {
            throw notAManifest(folder.resolve(name), e);
        }
    }

    /** The shares of which there are parts; none where the manifest is whole. */
    static List<Partitions> sharesIn(Path folder) {
        try {
            return Files.exists(folder.resolve(NAME)) ? List.of() : ManifestParts.in(folder);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static Manifest readFile(Path folder, String name) {
        Path file = folder.resolve(name);
        try {
            return read(bytesOf(folder, name), "cannot open the recording " + folder);
        } catch (IllegalArgumentException e) {
            throw notAManifest(file, e);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static WhisktapeException notAManifest(Path file, IllegalArgumentException e) {
        return WhisktapeException.damaged(
                "cannot read " + file + ": it is not a manifest (" + e.getMessage()
                        + "); whisktape verify --repair rebuilds it from the sealed segments",
                e);
    }

    /**
     * Reads a manifest from the bytes of its file.
     *
     * @param attempt how the message begins where it is a newer one
     * @throws IllegalArgumentException with the reason, where it is none
     * @throws WhisktapeException refused, where it is a newer one
     */
    static Manifest read(byte[] bytes, String attempt) {
        try {
            Manifest manifest = parse(bytes, attempt);
            ManifestRules.require(manifest);
            // Others go through the segments in this order, which is that of every manifest that whisktape wrote.
            return SegmentOrder.isKeptBy(manifest.segments()) ? manifest : manifest.withSegments(manifest.segments());
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(firstLine(e), e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What is wrong with a newer format is that it is newer, not what cannot be read in it. */
    private static Manifest parse(byte[] bytes, String attempt) throws IOException {
        try {
            Manifest manifest = ManifestReader.manifest(bytes);
            requireKnownFormat(attempt, manifest.format());
            return manifest;
        } catch (JsonProcessingException | IllegalArgumentException e) {
            requireKnownFormat(attempt, Outline.of(bytes).format());
            throw e;
        }
    }

    /** A manifest that stands somewhere else than in a recording. */
    static Manifest parse(String json, String where) {
        try {
            return read(json.getBytes(StandardCharsets.UTF_8), "cannot read " + where);
        } catch (IllegalArgumentException e) {
            throw WhisktapeException.damaged(
                    "cannot read " + where + ": it begins with no manifest of a recording (" + e.getMessage() + ")", e);
        }
    }

    /** What the checksum of a manifest that can be read says against it, as a sentence. */
    static Optional<String> problemOfChecksum(Path folder) {
        List<Partitions> shares = sharesIn(folder);
        Stream<String> names = shares.isEmpty()
                ? Stream.of(NAME)
                : shares.stream().map(share -> ManifestParts.nameOf(share.toString()));
        return names.map(name -> problemOfChecksum(folder, name))
                .flatMap(Optional::stream)
                .findFirst();
    }

    static Optional<String> problemOfChecksum(Path folder, String name) {
        try {
            byte[] bytes = bytesOf(folder, name);
            return ManifestChecksum.problem(bytes, Outline.of(bytes).lastField())
                    .map(problem -> name + " " + problem);
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + folder.resolve(name) + ": " + e.getMessage(), e);
        }
    }

    static void write(Path folder, Manifest manifest) throws IOException {
        byte[] json =
                Writing.JSON.writer().with(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(manifest);
        Durable.replace(folder.resolve(ManifestParts.nameOf(manifest.partitions())), ManifestChecksum.appendTo(json));
    }

    private static byte[] bytesOf(Path folder, String name) throws IOException {
        Path file = folder.resolve(name);
        OwnFiles.requireFile(file);
        if (!Files.exists(file)) {
            throw missing(folder);
        }
        if (Files.size(file) > Manifest.MOST_BYTES) {
            throw new IllegalArgumentException(
                    "it has " + Files.size(file) + " bytes, and no recording needs more than " + Manifest.MOST_BYTES);
        }
        return Places.readReplaced(file);
    }

    /**
     * What is known of a manifest before all of it is understood.
     *
     * @param format null if it names none
     * @param lastField the name of its last field; empty if it has none
     */
    private record Outline(Integer format, String lastField) {
        static Outline of(byte[] bytes) throws IOException {
            Integer format = null;
            String lastField = "";
            try (JsonParser parser = ManifestReader.JSON.createParser(bytes)) {
                if (parser.nextToken() != JsonToken.START_OBJECT) {
                    throw new IllegalArgumentException("it is no JSON object");
                }
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    lastField = parser.currentName();
                    if (parser.nextToken() == JsonToken.VALUE_NUMBER_INT && lastField.equals("format")) {
                        format = parser.getIntValue();
                    }
                    parser.skipChildren();
                }
            }
            return new Outline(format, lastField);
        }
    }

    /** A part of a manifest as it stands in a segment's footer. */
    static String toJson(Object part) {
        try {
            return Writing.JSON.writeValueAsString(part);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write " + part + " as JSON", e);
        }
    }

    private static void requireKnownFormat(String attempt, Integer format) {
        if (format == null) {
            throw new IllegalArgumentException("it names no format");
        }
        if (format < 1) {
            throw new IllegalArgumentException("its format is " + format);
        }
        if (format > Manifest.FORMAT) {
            throw WhisktapeException.refused(attempt + ": its format is " + format
                    + " and this whisktape reads formats up to " + Manifest.FORMAT + "; use a newer whisktape");
        }
    }

    /** True if there is a folder for segments, whether or not there is a manifest. */
    static boolean hasTables(Path folder) {
        return Stream.of(Table.values()).anyMatch(table -> Files.isDirectory(table.folderIn(folder)));
    }

    private static WhisktapeException missing(Path folder) {
        String what = "cannot open the recording " + folder + ": there is no " + NAME + " in it; ";
        if (!Files.exists(folder)) {
            return new WhisktapeException(what + "the folder does not exist");
        }
        if (!Files.isDirectory(folder)) {
            return new WhisktapeException(what + "it is not a folder");
        }
        return hasTables(folder)
                ? WhisktapeException.damaged(
                        what + "whisktape verify --repair rebuilds it from the sealed segments", null)
                : new WhisktapeException(what + "a recording is the folder that was given to record -o");
    }

    /** Jackson quotes what it stumbles over, whatever its length. */
    private static String firstLine(Exception e) {
        String line = Objects.requireNonNullElse(e.getMessage(), "")
                .lines()
                .findFirst()
                .orElse(e.getClass().getSimpleName());
        return line.length() <= LONGEST_REASON ? line : line.substring(0, LONGEST_REASON) + "...";
    }

    /** Made when something is written: it takes longer than to read a manifest. */
    private static final class Writing {
        private static final ObjectMapper JSON = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .addModule(new SimpleModule().addSerializer(new InstantAsText()))
                .build();
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
}
