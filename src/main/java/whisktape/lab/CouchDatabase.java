package whisktape.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * One database in memory, in two shards as CouchDB cuts one: each shard counts its own changes, and remembers of every document
 * only the newest. Used by many threads.
 */
final class CouchDatabase {
    private final String instanceStartTime;
    private final List<NavigableMap<Long, Revision>> changes = List.of(new TreeMap<>(), new TreeMap<>());
    private final NavigableMap<String, Revision> documents = new TreeMap<>();
    private final long[] lastChange = new long[CouchSequence.SHARDS];
    private boolean deleted;

    CouchDatabase(String instanceStartTime) {
        this.instanceStartTime = instanceStartTime;
    }

    /**
     * The newest revision of a document.
     *
     * @param id the document's {@code _id}
     * @param rev its {@code _rev}
     * @param deleted whether it is a tombstone
     * @param json the document as CouchDB sends it
     * @param shard where it lives
     * @param change its number there
     */
    record Revision(String id, String rev, boolean deleted, byte[] json, int shard, long change) {}

    /**
     * A change with the place behind it.
     *
     * @param revision what was changed
     * @param behind where to go on after it
     */
    record Change(Revision revision, CouchSequence behind) {}

    /**
     * Some changes.
     *
     * @param rows in an order that is another one at each call
     * @param last where to go on after them
     * @param pending how many come after them
     */
    record Changes(List<Change> rows, CouchSequence last, long pending) {}

    String instanceStartTime() {
        return instanceStartTime;
    }

    synchronized CouchSequence now() {
        return new CouchSequence(instanceStartTime, lastChange[0], lastChange[1]);
    }

    synchronized long count(boolean deletedOnes) {
        return documents.values().stream()
                .filter(revision -> revision.deleted() == deletedOnes)
                .count();
    }

    synchronized Optional<Revision> find(String id) {
        return Optional.ofNullable(documents.get(id));
    }

    synchronized List<Revision> all() {
        return documents.values().stream()
                .filter(revision -> !revision.deleted())
                .toList();
    }

    /** Writes a document; empty if it names another revision than the newest, which is a conflict. */
    synchronized Optional<Revision> put(String id, ObjectNode document) {
        Revision old = documents.get(id);
        JsonNode named = document.get("_rev");
        boolean mustName = old != null && !old.deleted();
        if (mustName ? named == null || !named.asText().equals(old.rev()) : named != null && old == null) {
            return Optional.empty();
        }
        return Optional.of(store(id, document, old));
    }

    /** Takes a document away without a trace, as {@code _purge} does. */
    synchronized void purge(String id) {
        Revision old = documents.remove(id);
        if (old != null) {
            changes.get(old.shard()).remove(old.change());
        }
    }

    synchronized void markDeleted() {
        deleted = true;
        notifyAll();
    }

    synchronized boolean isDeleted() {
        return deleted;
    }

    /** Waits until there is more than this, the database is gone, or the time is over. */
    synchronized void awaitMore(CouchSequence than, long atMostMs) throws InterruptedException {
        long end = System.nanoTime() + atMostMs * 1_000_000;
        long left = atMostMs;
        while (!deleted && left > 0 && now().equals(than)) {
            wait(left);
            left = (end - System.nanoTime()) / 1_000_000;
        }
    }

    synchronized Changes changesSince(CouchSequence since, long limit) {
        // CouchDB takes the token of a life that is over for one of the beginning.
        CouchSequence at = since.life().equals(instanceStartTime) ? since : CouchSequence.start(instanceStartTime);
        List<NavigableMap<Long, Revision>> left = new ArrayList<>();
        for (int shard = 0; shard < CouchSequence.SHARDS; shard++) {
            left.add(changes.get(shard).tailMap(at.change(shard), false));
        }
        List<Collection<Revision>> shards =
                left.stream().map(NavigableMap::values).toList();
        var iterators = shards.stream().map(Collection::iterator).toList();
        List<Change> rows = new ArrayList<>();
        while (rows.size() < limit) {
            int shard = ThreadLocalRandom.current().nextInt(CouchSequence.SHARDS);
            if (!iterators.get(shard).hasNext()) {
                shard = CouchSequence.SHARDS - 1 - shard;
            }
            if (!iterators.get(shard).hasNext()) {
                break;
            }
            Revision revision = iterators.get(shard).next();
            at = at.with(shard, revision.change());
            rows.add(new Change(revision, at));
        }
        long all = shards.stream().mapToLong(Collection::size).sum();
        return new Changes(rows, all == 0 ? now() : at, all - rows.size());
    }

    private Revision store(String id, ObjectNode document, Revision old) {
        int shard = Math.floorMod(id.hashCode(), CouchSequence.SHARDS);
        if (old != null) {
            changes.get(shard).remove(old.change());
        }
        boolean isDeleted = document.path("_deleted").asBoolean();
        String rev = nextRev(old);
        long change = ++lastChange[shard];
        Revision revision = new Revision(id, rev, isDeleted, json(id, rev, document), shard, change);
        changes.get(shard).put(change, revision);
        documents.put(id, revision);
        notifyAll();
        return revision;
    }

    private static String nextRev(Revision old) {
        int generation = old == null
                ? 0
                : Integer.parseInt(old.rev().substring(0, old.rev().indexOf('-')));
        byte[] hash = new byte[16];
        ThreadLocalRandom.current().nextBytes(hash);
        return generation + 1 + "-" + HexFormat.of().formatHex(hash);
    }

    private static byte[] json(String id, String rev, ObjectNode document) {
        ObjectNode stored = CouchRequest.JSON.createObjectNode();
        stored.put("_id", id);
        stored.put("_rev", rev);
        document.properties().forEach(field -> stored.putIfAbsent(field.getKey(), field.getValue()));
        try {
            return CouchRequest.JSON.writeValueAsBytes(stored);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write what was read", e);
        }
    }
}
