package whisktape.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.WhisktapeException;

/**
 * The changes of a CouchDB database from a position on, page by page: what is there first, then what comes, as it comes.
 *
 * <p>A database that was deleted and created again takes an old update sequence for the beginning of the new one and says
 * nothing. So a page is held back until the database has said, after the page, that it still lives the same life. While that
 * is asked the next page is on its way; there is never more than one.
 */
public final class CouchSource implements DocumentSource {
    /** Why documents are missing: the database is not there. */
    public static final String DELETED = "database was deleted";

    /** Why documents are missing: it is another database by the same name. */
    public static final String RECREATED = "database was deleted and created again";

    /** Why documents may be missing: CouchDB 2 tells no more than this. */
    public static final String SHRUNK =
            "the database has fewer documents than before: deleted and created again, or purged";

    private static final Duration LOOK_WHEN_ASKED = Duration.ofSeconds(3);

    private final CouchSettings settings;
    private final CouchTimings timings;
    private final CouchClient client;
    private final Optional<String> serverId;
    private final ChangedDocuments documents;
    private final ChangesFeed feed;
    private final Backoff backoff;
    private final Deque<DocumentBatch> handOut = new ArrayDeque<>();

    private DatabasePosition start;

    /** This life, with the update sequence behind the last page that was confirmed. */
    private DatabasePosition life;

    private DatabaseState state;
    private ChangesFeed.Page held;
    private CouchExchange looking;
    private CouchAnswer refused;
    private long lookedAtNanos = System.nanoTime();
    private long pending;
    private boolean lookFailed;
    private boolean gone;

    private CouchSource(CouchClient client, CouchOpening opening, Optional<Instant> notBefore, CouchTimings timings) {
        this.settings = opening.settings();
        this.timings = timings;
        this.client = client;
        this.serverId = opening.serverId();
        this.state = opening.state();
        this.documents = new ChangedDocuments(settings.noPayloads(), notBefore);
        this.feed = new ChangesFeed(client, database(), timings);
        this.backoff = new Backoff(timings.backoffFirst(), timings.backoffMost(), ThreadLocalRandom.current());
    }

    /**
     * Opens a database for a new recording. CouchDB cannot be asked by time: from a time on means that all documents are read,
     * and those left out whose update, end and start are all before it, or that have none. Throws {@link WhisktapeException}
     * if it cannot be read.
     */
    public static CouchSource open(CouchSettings settings, StartAt at) {
        return open(settings, at, CouchTimings.DEFAULT);
    }

    /** Opens a database to go on where a recording stopped. Throws {@link WhisktapeException} if it cannot be read. */
    public static CouchSource open(CouchSettings settings, DatabasePosition position) {
        return open(settings, position, CouchTimings.DEFAULT);
    }

    static CouchSource open(CouchSettings settings, StartAt at, CouchTimings timings) {
        CouchClient client = new CouchClient(settings, timings);
        CouchOpening opening = CouchOpening.of(client, settings);
        Optional<Instant> notBefore = at instanceof StartAt.At time ? Optional.of(time.time()) : Optional.empty();
        CouchSource source = new CouchSource(client, opening, notBefore, timings);
        String since = at instanceof StartAt.Latest ? source.now() : "0";
        source.start = new DatabasePosition(1, opening.state().instanceStartTime(), since);
        source.life = source.start;
        return source;
    }

    static CouchSource open(CouchSettings settings, DatabasePosition position, CouchTimings timings) {
        CouchClient client = new CouchClient(settings, timings);
        CouchOpening opening = CouchOpening.of(client, settings);
        CouchSource source = new CouchSource(client, opening, Optional.empty(), timings);
        source.start = position;
        source.life = position;
        source.confirmLife(opening.state());
        return source;
    }

    @Override
    public String name() {
        return settings.toString();
    }

    @Override
    public Optional<String> serverId() {
        return serverId;
    }

    @Override
    public String database() {
        return settings.database().orElseThrow();
    }

    @Override
    public DatabasePosition start() {
        return start;
    }

    @Override
    public DocumentBatch poll(Duration atMost) {
        long end = System.nanoTime() + atMost.toNanos();
        do {
            if (!handOut.isEmpty()) {
                return handOut.remove();
            }
            advance(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
        } while (System.nanoTime() < end);
        return rest(handOut);
    }

    /** What is not confirmed is dropped: going on from the last position brings it again. */
    @Override
    public DocumentBatch rest() {
        dropUnconfirmed();
        return rest(handOut);
    }

    @Override
    public boolean isDrained() {
        if (!handOut.isEmpty() || held != null) {
            return false;
        }
        if (gone) {
            return true;
        }
        try {
            return isSameLife() && hasNothingMore();
        } catch (ExecutionException e) {
            return false;
        }
    }

    @Override
    public boolean isAway() {
        return gone || lookFailed || feed.hasFailed();
    }

    @Override
    public long lag() {
        return pending + handOut.stream().mapToLong(DocumentBatch::rows).sum();
    }

    @Override
    public void close() {
        dropUnconfirmed();
        if (looking != null) {
            looking.cancel();
        }
    }

    private static DocumentBatch rest(Deque<DocumentBatch> handOut) {
        return handOut.isEmpty() ? DocumentBatch.EMPTY : handOut.remove();
    }

    private void dropUnconfirmed() {
        held = null;
        feed.cancel();
    }

    /** The token of this moment, so that a position is one even before anything has happened. */
    private String now() {
        try {
            CouchAnswer answer = client.get(new ChangesRequest("now", 0, false, false).path(database(), Duration.ZERO));
            if (!answer.isOk()) {
                throw CouchFailure.explain(settings, answer);
            }
            return ChangesTail.find(answer.body(), answer.length())
                    .orElseThrow(() -> CouchFailure.notCouch(settings))
                    .lastSeq();
        } catch (ExecutionException e) {
            throw CouchFailure.explain(settings, e);
        }
    }

    /** One step: waits for one thing, at most so long. */
    private void advance(Duration atMost) {
        Duration pause = backoff.left();
        if (!pause.isZero()) {
            pause(pause, atMost);
        } else if (looking != null) {
            awaitLook(atMost);
        } else if (held != null || refused != null || gone || isTimeToLook()) {
            look();
        } else if (feed.isIdle()) {
            Duration breath = feed.breath();
            if (breath.isZero()) {
                feed.request(life.since());
            } else {
                pause(breath, atMost);
            }
        } else {
            awaitPage(atMost);
        }
    }

    private static void pause(Duration pause, Duration atMost) {
        LockSupport.parkNanos(Math.min(pause.toNanos(), atMost.toNanos()));
    }

    private boolean isTimeToLook() {
        return System.nanoTime() - lookedAtNanos >= timings.look().toNanos();
    }

    private void awaitPage(Duration atMost) {
        try {
            feed.await(atMost).ifPresent(answer -> {
                if (answer.status() == 400 || answer.status() == 404) {
                    refused = answer;
                } else if (answer.isTransient()) {
                    backoff.failed(answer.retryAfter());
                } else if (!answer.isOk()) {
                    throw CouchFailure.explain(settings, answer);
                } else {
                    hold(feed.page(answer));
                }
            });
        } catch (ExecutionException e) {
            failed(e);
        }
    }

    /** Holds a page until it is confirmed; one that is too large was only measured, one that was cut is asked for again. */
    private void hold(ChangesFeed.Page page) {
        switch (page.fate()) {
            case TOO_LARGE -> {}
            case CUT -> backoff.failed(Optional.empty());
            case WHOLE -> {
                backoff.succeeded();
                held = page;
                // Before the next page, so that the answer does not stand behind that, and this page is read meanwhile.
                look();
                feed.requestAfter(page);
            }
        }
    }

    private void look() {
        looking = client.send(CouchClient.path(database()));
    }

    private void awaitLook(Duration atMost) {
        try {
            Optional<CouchAnswer> answer = looking.await(atMost);
            if (answer.isPresent()) {
                looking = null;
                lookedAtNanos = System.nanoTime();
                judge(answer.get());
            } else if (looking.age().compareTo(timings.answer()) > 0) {
                looking.cancel();
                looking = null;
                lookFailed = true;
                backoff.failed(Optional.empty());
            }
        } catch (ExecutionException e) {
            looking = null;
            lookFailed = true;
            failed(e);
        }
    }

    private void failed(ExecutionException e) {
        if (!CouchFailure.isTransient(e)) {
            throw CouchFailure.explain(settings, e);
        }
        backoff.failed(Optional.empty());
    }

    private void judge(CouchAnswer answer) {
        Optional<DatabaseState> now = answer.isOk() ? DatabaseState.of(answer) : Optional.empty();
        if (now.isPresent()) {
            lookFailed = false;
            confirmLife(now.get());
        } else if (answer.isCouchsNotFound()) {
            lookFailed = false;
            noteDeletion();
        } else if (answer.isOk() || answer.status() == 404 || answer.isTransient()) {
            // What says "ok" or "not found" and is no CouchDB is the page of a proxy that cannot reach it.
            lookFailed = true;
            backoff.failed(answer.retryAfter());
        } else {
            throw CouchFailure.explain(settings, answer);
        }
    }

    private void noteDeletion() {
        refused = null;
        dropUnconfirmed();
        backoff.failed(Optional.empty());
        if (!gone) {
            gone = true;
            pending = 0;
            handOut.add(gap(DELETED, Optional.empty()));
        }
    }

    private void confirmLife(DatabaseState now) {
        if (now.isAnotherThan(life.instanceStartTime()) || gone && !now.isSameAs(life.instanceStartTime())) {
            beginLife(now);
            return;
        }
        gone = false;
        if (now.hasLost(state)) {
            handOut.add(gap(SHRUNK, Optional.empty()));
        }
        state = now;
        life = new DatabasePosition(
                life.incarnation(), now.instanceStartTime().or(life::instanceStartTime), life.since());
        if (refused != null) {
            retryRefused();
        } else if (held != null) {
            release();
        }
    }

    private void beginLife(DatabaseState now) {
        refused = null;
        dropUnconfirmed();
        feed.startOver();
        backoff.succeeded();
        life = new DatabasePosition(life.incarnation() + 1, now.instanceStartTime(), "0");
        state = now;
        handOut.add(
                gone
                        ? new DocumentBatch(Optional.empty(), Optional.of(life), List.of(), Optional.empty(), 0)
                        : gap(RECREATED, Optional.of(life)));
        gone = false;
    }

    private static DocumentBatch gap(String reason, Optional<DatabasePosition> newLife) {
        return new DocumentBatch(Optional.of(reason), newLife, List.of(), Optional.empty(), 0);
    }

    /** The feed was refused, and the database is the one that it was. */
    private void retryRefused() {
        CouchAnswer answer = refused;
        refused = null;
        if (answer.status() == 400) {
            throw CouchFailure.explain(settings, answer);
        }
        backoff.failed(Optional.empty());
    }

    private void release() {
        ChangesFeed.Page page = held;
        held = null;
        List<ChangedRow> rows = page.rows();
        feed.read(page, rows.size());
        life = life.at(page.tail().lastSeq());
        pending = page.tail().pending().orElse(0);
        List<Document> read = documents.of(rows, life.incarnation());
        if (!rows.isEmpty()) {
            long sizeBytes = read.stream().mapToLong(Document::sizeBytes).sum();
            handOut.add(
                    new DocumentBatch(Optional.empty(), Optional.empty(), read, Optional.of(life.since()), sizeBytes));
        }
    }

    /** Whoever asks whether there is more must not learn it from another database by the same name. */
    private boolean isSameLife() throws ExecutionException {
        Optional<CouchAnswer> answer = answer(CouchClient.path(database()));
        boolean same = answer.flatMap(DatabaseState::of)
                .filter(now -> !now.isAnotherThan(life.instanceStartTime()))
                .isPresent();
        if (!same) {
            lookedAtNanos = System.nanoTime() - timings.look().toNanos();
        }
        return same;
    }

    private boolean hasNothingMore() throws ExecutionException {
        ChangesRequest one = new ChangesRequest(life.since(), 1, false, false);
        Optional<CouchAnswer> answer = answer(one.path(database(), timings.heartbeat()));
        return answer.flatMap(page -> ChangesTail.find(page.body(), page.length())
                        .filter(tail -> ChangesPage.rows(page.body(), page.length(), tail)
                                .isEmpty()))
                .isPresent();
    }

    private Optional<CouchAnswer> answer(String path) throws ExecutionException {
        CouchExchange exchange = client.send(path);
        Optional<CouchAnswer> answer = exchange.await(LOOK_WHEN_ASKED);
        if (answer.isEmpty()) {
            exchange.cancel();
        } else if (answer.get().status() == 401 || answer.get().status() == 403) {
            throw CouchFailure.explain(settings, answer.get());
        }
        return answer.filter(CouchAnswer::isOk);
    }
}
