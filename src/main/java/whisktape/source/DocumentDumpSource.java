package whisktape.source;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.WhisktapeException;

/**
 * Documents of activations that another tool dumped, plain or gzip: rows of {@code _changes} or {@code _all_docs}, bare
 * documents, records of the REST interface, or what Elasticsearch holds; one a line, or in a list, or in the whole answer of
 * the server. Nothing is left out: a row that nobody can read is an unreadable document.
 */
public final class DocumentDumpSource extends FileSource<DocumentBatch> implements DocumentSource {
    private final DocumentDump in;
    private final DocumentParser parser;

    private long documents;

    /** Opens a dump. Throws {@link WhisktapeException} if it cannot be read. */
    public DocumentDumpSource(Path file, boolean keepPayloads) {
        super(file);
        this.in = new DocumentDump(file);
        this.parser = new DocumentParser(keepPayloads);
        begin();
    }

    /** Why this is not all that was dumped; empty as far as can be seen. */
    public Optional<String> damage() {
        return in.isCut()
                ? Optional.of(String.format("%s ends in the middle, behind %,d rows", file, documents))
                : Optional.empty();
    }

    @Override
    public Optional<String> serverId() {
        return Optional.empty();
    }

    @Override
    public String database() {
        return file.getFileName().toString();
    }

    @Override
    public DatabasePosition start() {
        return new DatabasePosition(1, Optional.empty(), "0");
    }

    @Override
    public DocumentBatch rest() {
        return DocumentBatch.EMPTY;
    }

    @Override
    public void close() {
        in.close();
    }

    @Override
    DocumentBatch read() {
        List<Document> batch = new ArrayList<>();
        long sizeBytes = 0;
        try {
            while (!ended && sizeBytes < BATCH_BYTES) {
                Optional<byte[]> row = in.next();
                ended = row.isEmpty();
                Optional<Document> document = row.flatMap(DumpedRow::parse).map(this::document);
                if (document.isPresent()) {
                    documents++;
                    batch.add(document.get());
                    sizeBytes += document.get().sizeBytes();
                }
            }
        } catch (IOException e) {
            throw new WhisktapeException(
                    String.format("cannot read %s behind %,d rows: %s", file, documents, e.getMessage()), e);
        }
        return new DocumentBatch(Optional.empty(), Optional.empty(), batch, Optional.empty(), sizeBytes);
    }

    private Document document(DumpedRow row) {
        return named(row.document(parser, 1));
    }

    /** The REST interface and Elasticsearch leave out the id, which OpenWhisk makes of these two. */
    private static Document named(Document document) {
        if (document.id() != null
                || !(document.body() instanceof DocumentBody.Activation activation)
                || activation.namespace() == null
                || activation.activationId() == null) {
            return document;
        }
        return new Document(
                document.incarnation(),
                document.updateSeq(),
                document.recordedAtMs(),
                activation.namespace() + "/" + activation.activationId(),
                document.rev(),
                document.deleted(),
                document.text(),
                document.body(),
                document.oddFields());
    }
}
