package whisktape.lab;

import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Writes the changes of a database as CouchDB does: one row a line, heartbeats as empty lines, the last sequence at the end.
 * A database that is deleted meanwhile ends the feed as if nothing more had happened.
 */
final class CouchFeed {
    private static final long CHUNK = 1_000;

    private final CouchDatabase database;
    private final CouchChangesQuery query;
    private final OutputStream out;
    private long written;

    CouchFeed(CouchDatabase database, CouchChangesQuery query, OutputStream out) {
        this.database = database;
        this.query = query;
        this.out = out;
    }

    void write() throws IOException, InterruptedException {
        if (query.feed().equals("continuous")) {
            writeContinuous();
        } else {
            writeOnce();
        }
    }

    private void writeOnce() throws IOException, InterruptedException {
        print("{\"results\":[\n");
        CouchDatabase.Changes page = database.changesSince(query.since(), query.limit());
        if (query.feed().equals("longpoll") && query.limit() > 0) {
            page = awaitRows(page);
        }
        for (CouchDatabase.Change change : page.rows()) {
            print(written == 0 ? "" : ",\n");
            writeRow(change);
        }
        print((written == 0 ? "" : "\n") + "],\n" + end(page).substring(1));
    }

    private CouchDatabase.Changes awaitRows(CouchDatabase.Changes empty) throws IOException, InterruptedException {
        CouchDatabase.Changes page = empty;
        long left = query.timeoutMs();
        while (page.rows().isEmpty() && !database.isDeleted() && left > 0) {
            out.flush();
            database.awaitMore(page.last(), Math.min(left, query.pauseMs()));
            page = database.changesSince(query.since(), query.limit());
            if (page.rows().isEmpty() && !database.isDeleted()) {
                left = beat(left);
            }
        }
        return page;
    }

    private void writeContinuous() throws IOException, InterruptedException {
        CouchSequence at = query.since();
        CouchDatabase.Changes page = database.changesSince(at, Math.min(CHUNK, query.limit()));
        long left = query.timeoutMs();
        while (written < query.limit() && !database.isDeleted() && left > 0) {
            for (CouchDatabase.Change change : page.rows()) {
                writeRow(change);
                print("\n");
            }
            at = page.last();
            out.flush();
            if (page.rows().isEmpty()) {
                database.awaitMore(at, query.pauseMs());
                left = database.now().equals(at) ? beat(left) : query.timeoutMs();
            }
            page = database.changesSince(at, Math.min(CHUNK, query.limit() - written));
        }
        print(end(page));
    }

    /** With heartbeats a feed never ends by itself. */
    private long beat(long leftMs) throws IOException {
        if (query.heartbeatMs() == 0) {
            return leftMs - query.pauseMs();
        }
        print("\n");
        out.flush();
        return leftMs;
    }

    private void writeRow(CouchDatabase.Change change) throws IOException {
        written++;
        CouchDatabase.Revision revision = change.revision();
        boolean hasSeq = query.seqInterval() == 0 || written % query.seqInterval() == 0;
        print("{\"seq\":" + (hasSeq ? quoted(change.behind().toString()) : "null") + ",\"id\":" + quoted(revision.id())
                + ",\"changes\":[{\"rev\":" + quoted(revision.rev()) + "}]"
                + (revision.deleted() ? ",\"deleted\":true" : ""));
        if (query.includeDocs()) {
            print(",\"doc\":");
            out.write(revision.json());
        }
        print("}");
    }

    private static String end(CouchDatabase.Changes page) {
        return "{\"last_seq\":" + quoted(page.last().toString()) + ",\"pending\":" + page.pending() + "}\n";
    }

    private static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }

    private void print(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
