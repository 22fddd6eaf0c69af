package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import whisktape.Document;
import whisktape.Event;
import whisktape.WhisktapeException;

/**
 * The lines that {@link EventLineWriter} and {@link DocumentLineWriter} wrote, row by row: first all events, then all documents.
 *
 * <p>Throws {@link WhisktapeException} where the file cannot be read.
 */
public final class ExportFile implements AutoCloseable {
    /** The field of the first line that holds the manifest. */
    static final String MANIFEST = "recording";

    private static final String BEGINNING_OF_DOCUMENT = "{\"seq\":";
    private static final String MANIFEST_ALONE = "{\"" + MANIFEST + "\":";

    private final Path path;
    private final DumpFile in;
    private final EventParser eventParser = new EventParser();
    private final DocumentParser documentParser;
    private final Optional<String> manifest;
    private long lines;

    /** A line that was read and belongs to nobody yet. */
    private Optional<byte[]> ahead;

    /** Opens an export, or what turns out to be none. */
    public ExportFile(Path path, boolean keepPayloads) {
        this.path = path;
        this.in = new DumpFile(path);
        this.documentParser = new DocumentParser(keepPayloads);
        this.ahead = nextLine();
        this.manifest = ahead.flatMap(ExportFile::manifestIn);
        if (manifest.isPresent() && begins(ahead.get(), MANIFEST_ALONE)) {
            ahead = Optional.empty();
        }
    }

    /** The manifest in the first line, as JSON; empty if this is another tool's dump, or a piece of an export. */
    public Optional<String> manifest() {
        return manifest;
    }

    /** The next event; empty if none comes any more. */
    public Optional<Event> nextEvent() {
        Optional<byte[]> line = take();
        Optional<DumpLine> event =
                line.filter(some -> !begins(some, BEGINNING_OF_DOCUMENT)).flatMap(DumpLine::parse);
        if (event.isEmpty()) {
            ahead = line;
        }
        return event.map(found -> found.event(eventParser));
    }

    /** The next document, behind all events that are left; empty if none comes any more. */
    public Optional<Document> nextDocument() {
        while (nextEvent().isPresent()) {
            // Somebody wants the documents alone.
        }
        return take().flatMap(DumpedRow::parse).map(row -> row.document(documentParser, row.incarnation()));
    }

    /** The line that came last, for people. */
    public String place() {
        return "line " + lines + " of " + path;
    }

    @Override
    public void close() {
        in.close();
    }

    private Optional<byte[]> take() {
        Optional<byte[]> line = ahead.isPresent() ? ahead : nextLine();
        ahead = Optional.empty();
        return line;
    }

    private Optional<byte[]> nextLine() {
        try {
            Optional<byte[]> line = in.nextLine();
            lines += line.isPresent() ? 1 : 0;
            return line;
        } catch (IOException e) {
            throw new WhisktapeException("cannot read " + path + " behind line " + lines + ": " + e.getMessage(), e);
        }
    }

    private static Optional<String> manifestIn(byte[] line) {
        try (JsonParser json = LenientJson.open(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
                if (json.nextToken() == JsonToken.START_OBJECT && field.equals(MANIFEST)) {
                    return Optional.of(LineJson.MAPPER.readTree(json).toString());
                }
                json.skipChildren();
            }
            return Optional.empty();
        } catch (IOException e) {
            // The line of another tool, whatever it is.
            return Optional.empty();
        }
    }

    private static boolean begins(byte[] line, String text) {
        byte[] beginning = text.getBytes(StandardCharsets.US_ASCII);
        if (line.length < beginning.length) {
            return false;
        }
        for (int i = 0; i < beginning.length; i++) {
            if (line[i] != beginning[i]) {
                return false;
            }
        }
        return true;
    }
}
