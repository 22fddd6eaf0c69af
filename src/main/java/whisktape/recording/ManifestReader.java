package whisktape.recording;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import whisktape.Gap;
import whisktape.Times;

/**
 * Reads the JSON of a manifest token by token. Every verb begins with this, and to set up a mapping of JSON to classes takes longer than to
 * read a thousand segments. Fields that are not known are passed over, for they are of a newer whisktape.
 *
 * <p>Throws {@link IllegalArgumentException} where a number is missing or something is of another type than it should be; whether
 * the rest can be true, {@link ManifestRules} tells.
 */
final class ManifestReader implements AutoCloseable {
    /** What stands twice, other readers may see otherwise. */
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final JsonParser in;

    private ManifestReader(byte[] json) throws IOException {
        in = JSON.createParser(json);
        in.nextToken();
    }

    static Manifest manifest(byte[] json) throws IOException {
        try (ManifestReader reader = new ManifestReader(json)) {
            Manifest manifest = reader.manifest();
            reader.requireEnd();
            return manifest;
        }
    }

    static Segment segment(String json) throws IOException {
        try (ManifestReader reader = new ManifestReader(json.getBytes(StandardCharsets.UTF_8))) {
            Segment segment = reader.segment();
            reader.requireEnd();
            return segment;
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void requireEnd() throws IOException {
        if (in.nextToken() != null) {
            throw new IllegalArgumentException("there is something behind its end");
        }
    }

    private Manifest manifest() throws IOException {
        Integer format = null;
        String tool = null;
        Manifest.State state = null;
        Instant created = null;
        Map<String, String> labels = null;
        String note = null;
        Boolean redacted = null;
        String partitions = null;
        Manifest.Kafka kafka = null;
        Manifest.Couchdb couchdb = null;
        List<Gap> gaps = null;
        List<Segment> segments = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "format" -> format = integer(field);
                case "tool" -> tool = text(field);
                case "state" -> state = state();
                case "created" -> created = instant(field);
                case "labels" -> labels = labels();
                case "note" -> note = text(field);
                case "redacted" -> redacted = bool(field);
                case "partitions" -> partitions = text(field);
                case "kafka" -> kafka = isNull() ? null : kafka();
                case "couchdb" -> couchdb = isNull() ? null : couchdb();
                case "gaps" -> gaps = gaps();
                case "segments" -> segments = segments();
                default -> in.skipChildren();
            }
        }
        return new Manifest(
                required("format", format),
                tool,
                state,
                created,
                labels,
                note,
                required("redacted", redacted),
                partitions,
                kafka,
                couchdb,
                gaps,
                segments);
    }

    private Manifest.Kafka kafka() throws IOException {
        String clusterId = null;
        String topic = null;
        List<Manifest.Life> lives = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "cluster_id" -> clusterId = text(field);
                case "topic" -> topic = text(field);
                case "lives" -> lives = lives();
                default -> in.skipChildren();
            }
        }
        return new Manifest.Kafka(clusterId, topic, lives);
    }

    private Manifest.Life life() throws IOException {
        Integer incarnation = null;
        String topicId = null;
        Map<Integer, Long> startOffsets = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "incarnation" -> incarnation = integer(field);
                case "topic_id" -> topicId = text(field);
                case "start_offsets" -> startOffsets = startOffsets();
                default -> in.skipChildren();
            }
        }
        return new Manifest.Life(required("incarnation", incarnation), topicId, startOffsets);
    }

    private Manifest.Couchdb couchdb() throws IOException {
        String serverId = null;
        String database = null;
        List<Manifest.DatabaseLife> lives = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "server_id" -> serverId = text(field);
                case "database" -> database = text(field);
                case "lives" -> lives = databaseLives();
                default -> in.skipChildren();
            }
        }
        return new Manifest.Couchdb(serverId, database, lives);
    }

    private Manifest.DatabaseLife databaseLife() throws IOException {
        Integer incarnation = null;
        String instanceStartTime = null;
        String since = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "incarnation" -> incarnation = integer(field);
                case "instance_start_time" -> instanceStartTime = text(field);
                case "since" -> since = text(field);
                default -> in.skipChildren();
            }
        }
        return new Manifest.DatabaseLife(required("incarnation", incarnation), instanceStartTime, since);
    }

    private Gap gap() throws IOException {
        String table = null;
        Integer incarnation = null;
        Integer partition = null;
        Long fromOffset = null;
        Long untilOffset = null;
        String reason = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "table" -> table = text(field);
                case "incarnation" -> incarnation = integer(field);
                case "partition" -> partition = integer(field);
                case "from_offset" -> fromOffset = number(field);
                case "until_offset" -> untilOffset = number(field);
                case "reason" -> reason = text(field);
                default -> in.skipChildren();
            }
        }
        return new Gap(
                table,
                required("incarnation", incarnation),
                required("partition", partition),
                required("from_offset", fromOffset),
                untilOffset,
                reason);
    }

    private Segment segment() throws IOException {
        String file = null;
        String table = null;
        Integer incarnation = null;
        Integer partition = null;
        Long fromOffset = null;
        Long nextOffset = null;
        String nextUpdateSeq = null;
        Long rows = null;
        Long activations = null;
        Long metrics = null;
        Long unreadable = null;
        Long duplicates = null;
        Long poison = null;
        Long deleted = null;
        Long designs = null;
        Long fromTimeMs = null;
        Long untilTimeMs = null;
        Long sizeBytes = null;
        String sha256 = null;
        for (String field = firstField(); field != null; field = nextField()) {
            switch (field) {
                case "file" -> file = text(field);
                case "table" -> table = text(field);
                case "incarnation" -> incarnation = integer(field);
                case "partition" -> partition = integer(field);
                case "from_offset" -> fromOffset = number(field);
                case "next_offset" -> nextOffset = number(field);
                case "next_update_seq" -> nextUpdateSeq = text(field);
                case "rows" -> rows = number(field);
                case "activations" -> activations = number(field);
                case "metrics" -> metrics = number(field);
                case "unreadable" -> unreadable = number(field);
                case "duplicates" -> duplicates = number(field);
                case "poison" -> poison = number(field);
                case "deleted" -> deleted = number(field);
                case "designs" -> designs = number(field);
                case "from_time_ms" -> fromTimeMs = number(field);
                case "until_time_ms" -> untilTimeMs = number(field);
                case "size_bytes" -> sizeBytes = number(field);
                case "sha256" -> sha256 = text(field);
                default -> in.skipChildren();
            }
        }
        return new Segment(
                file,
                table,
                required("incarnation", incarnation),
                required("partition", partition),
                required("from_offset", fromOffset),
                required("next_offset", nextOffset),
                nextUpdateSeq,
                new Segment.Counts(
                        required("rows", rows),
                        required("activations", activations),
                        metrics,
                        required("unreadable", unreadable),
                        required("duplicates", duplicates),
                        poison,
                        deleted,
                        designs,
                        fromTimeMs,
                        untilTimeMs),
                sizeBytes,
                sha256);
    }

    /** The first field of the object that begins here, with its value next; null if it has none. */
    private String firstField() throws IOException {
        require(in.currentToken() == JsonToken.START_OBJECT, where(), "JSON object");
        return nextField();
    }

    private String nextField() throws IOException {
        String field = in.nextFieldName();
        if (field != null) {
            in.nextToken();
        }
        return field;
    }

    // A loop for each list and object, and no lambda: every verb would wait for ten of them to be made.

    private List<Gap> gaps() throws IOException {
        List<Gap> gaps = beginList();
        while (hasNext(gaps)) {
            gaps.add(isNull() ? null : gap());
        }
        return gaps;
    }

    private List<Segment> segments() throws IOException {
        List<Segment> segments = beginList();
        while (hasNext(segments)) {
            segments.add(isNull() ? null : segment());
        }
        return segments;
    }

    private List<Manifest.Life> lives() throws IOException {
        List<Manifest.Life> lives = beginList();
        while (hasNext(lives)) {
            lives.add(isNull() ? null : life());
        }
        return lives;
    }

    private List<Manifest.DatabaseLife> databaseLives() throws IOException {
        List<Manifest.DatabaseLife> lives = beginList();
        while (hasNext(lives)) {
            lives.add(isNull() ? null : databaseLife());
        }
        return lives;
    }

    private Map<String, String> labels() throws IOException {
        if (isNull()) {
            return null;
        }
        Map<String, String> labels = new LinkedHashMap<>();
        for (String label = firstField(); label != null; label = nextField()) {
            labels.put(label, text("a label"));
        }
        return labels;
    }

    private Map<Integer, Long> startOffsets() throws IOException {
        if (isNull()) {
            return null;
        }
        Map<Integer, Long> byPartition = new LinkedHashMap<>();
        for (String partition = firstField(); partition != null; partition = nextField()) {
            byPartition.put(Integer.valueOf(partition), number("a start offset"));
        }
        return byPartition;
    }

    /** For the elements of the list that begins here; null where there is none. */
    private <T> List<T> beginList() throws IOException {
        if (isNull()) {
            return null;
        }
        require(in.currentToken() == JsonToken.START_ARRAY, where(), "list");
        return new ArrayList<>();
    }

    /** Goes to the next element, if there is one. */
    private boolean hasNext(List<?> list) throws IOException {
        return list != null && in.nextToken() != JsonToken.END_ARRAY;
    }

    private Manifest.State state() throws IOException {
        String text = text("state");
        return switch (text == null ? "" : text) {
            case "recording" -> Manifest.State.RECORDING;
            case "complete" -> Manifest.State.COMPLETE;
            case "" -> null;
            default -> throw new IllegalArgumentException("its state is " + text);
        };
    }

    private Instant instant(String field) throws IOException {
        String text = text(field);
        try {
            return text == null ? null : Times.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(field + " is no time: " + text, e);
        }
    }

    private String text(String field) throws IOException {
        require(in.currentToken().isScalarValue(), field, "text");
        return isNull() ? null : in.getText();
    }

    private Long number(String field) throws IOException {
        require(isNull() || in.currentToken() == JsonToken.VALUE_NUMBER_INT, field, "whole number");
        return isNull() ? null : (Long) in.getLongValue();
    }

    private Integer integer(String field) throws IOException {
        require(isNull() || in.currentToken() == JsonToken.VALUE_NUMBER_INT, field, "whole number");
        return isNull() ? null : (Integer) in.getIntValue();
    }

    private Boolean bool(String field) throws IOException {
        require(isNull() || in.currentToken().isBoolean(), field, "boolean");
        return isNull() ? null : (Boolean) in.getBooleanValue();
    }

    private String where() throws IOException {
        return in.currentName() == null ? "it" : in.currentName();
    }

    private boolean isNull() {
        return in.currentToken() == JsonToken.VALUE_NULL;
    }

    private static void require(boolean is, String field, String what) {
        if (!is) {
            throw new IllegalArgumentException(field + " is no " + what);
        }
    }

    private static <T> T required(String field, T value) {
        if (value == null) {
            throw new IllegalArgumentException(field + " is missing or null");
        }
        return value;
    }
}
