package whisktape.source;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** Asks for one page of changes after the other: how many rows, whether the server shall wait for them, and how soon. */
final class ChangesFeed {
    private final CouchClient client;
    private final String database;
    private final CouchTimings timings;
    private final PageSize size = new PageSize();

    private CouchExchange exchange;
    private ChangesRequest request;
    private boolean caughtUp;
    private boolean nextIsTooLarge;
    private boolean failed;
    private long breatheUntilNanos = System.nanoTime();

    ChangesFeed(CouchClient client, String database, CouchTimings timings) {
        this.client = client;
        this.database = database;
        this.timings = timings;
    }

    /** What became of a page. */
    enum Fate {
        WHOLE,
        CUT,
        TOO_LARGE
    }

    /**
     * A page that came.
     *
     * @param fate whether it is one; if not, body and tail are null
     * @param request what was asked for
     * @param answer what came
     * @param tail its end
     */
    record Page(Fate fate, ChangesRequest request, CouchAnswer answer, ChangesTail tail) {

        List<ChangedRow> rows() {
            List<ChangedRow> rows = ChangesPage.rows(answer.body(), answer.length(), tail);
            if (!request.withDocuments()) {
                rows.forEach(row -> row.isUnreadable("the document is too large for this recorder's memory", null));
            }
            return rows;
        }

        /** True if there is more to come at once, as far as can be told: some servers do not say how much is pending. */
        boolean isFull() {
            if (tail.pending().isEmpty()) {
                return !request.waits() && !tail.lastSeq().equals(request.since());
            }
            return tail.pending().getAsLong() > 0
                    && (!request.waits() || tail.pending().getAsLong() >= request.rows());
        }
    }

    boolean isIdle() {
        return exchange == null;
    }

    /** True since a request failed, until the server has answered another one. */
    boolean hasFailed() {
        return failed;
    }

    /** How long to leave the server alone: somebody writes all the time, and a page a row helps nobody. */
    Duration breath() {
        return Duration.ofNanos(Math.max(0, breatheUntilNanos - System.nanoTime()));
    }

    void request(String since) {
        request = new ChangesRequest(since, size.rows(), caughtUp, !nextIsTooLarge);
        exchange = client.send(request.path(database, timings.heartbeat()), size.mostBytes());
    }

    /** Asks for what comes after a page that is not read yet, if it is known that there is something. */
    void requestAfter(Page page) {
        caughtUp = !page.isFull();
        if (page.isFull()) {
            size.came(page.request().rows(), page.answer().length());
            request(page.tail().lastSeq());
        }
    }

    /**
     * The answer, whatever it is; empty if it is not here yet.
     *
     * @throws ExecutionException where there will be none
     */
    Optional<CouchAnswer> await(Duration atMost) throws ExecutionException {
        try {
            Optional<CouchAnswer> answer = exchange.await(atMost);
            if (answer.isPresent()) {
                exchange = null;
                failed = !answer.get().isOk();
            } else if (exchange.silence().compareTo(timings.silence()) > 0) {
                cancel();
                throw new ExecutionException(
                        new IOException("nothing came for " + timings.silence().toSeconds() + " s"));
            } else if (exchange.wasHeard()) {
                failed = false;
            }
            return answer;
        } catch (ExecutionException e) {
            exchange = null;
            failed = true;
            throw e;
        }
    }

    /** Makes a page of the answer to the last request. */
    Page page(CouchAnswer answer) {
        if (answer.tooLarge()) {
            nextIsTooLarge = request.rows() == 1;
            size.wasTooLarge();
            return new Page(Fate.TOO_LARGE, request, answer, null);
        }
        Optional<ChangesTail> tail = ChangesTail.find(answer.body(), answer.length());
        if (tail.isEmpty()) {
            failed = true;
            return new Page(Fate.CUT, request, answer, null);
        }
        nextIsTooLarge = false;
        return new Page(Fate.WHOLE, request, answer, tail.get());
    }

    /** Says how many rows a page had, once that is known. */
    void read(Page page, int rows) {
        if (page.isFull()) {
            return;
        }
        size.came(rows, page.answer().length());
        caughtUp = page.tail().pending().isPresent() || rows < page.request().rows();
        if (page.request().waits()) {
            breatheUntilNanos = System.nanoTime() + timings.breath().toNanos();
        }
    }

    void cancel() {
        if (exchange != null) {
            exchange.cancel();
            exchange = null;
        }
    }

    /** Begins with what is there, as at first. */
    void startOver() {
        caughtUp = false;
        nextIsTooLarge = false;
    }
}
