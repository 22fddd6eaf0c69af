package whisktape.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The databases of a server by name. */
final class CouchStore {
    private static final AtomicLong LAST_START_TIME = new AtomicLong();

    private final NavigableMap<String, CouchDatabase> databases = new ConcurrentSkipListMap<>();

    List<String> names() {
        return new ArrayList<>(databases.keySet());
    }

    CouchDatabase require(String name) {
        CouchDatabase database = databases.get(name);
        if (database == null) {
            throw new CouchError(404, "not_found", "Database does not exist.");
        }
        return database;
    }

    CouchDatabase create(String name) {
        if (!name.matches("_?[a-z][a-z0-9_$()+/-]*")) {
            throw new CouchError(400, "illegal_database_name", "Name: '" + name + "'.");
        }
        CouchDatabase database = new CouchDatabase(nextStartTime());
        if (databases.putIfAbsent(name, database) != null) {
            throw new CouchError(412, "file_exists", "The database could not be created, the file already exists.");
        }
        return database;
    }

    void delete(String name) {
        require(name);
        databases.remove(name).markDeleted();
    }

    /** Seconds as CouchDB counts them, but never twice the same in this process. */
    private static String nextStartTime() {
        long now = System.currentTimeMillis() / 1000;
        return Long.toString(LAST_START_TIME.updateAndGet(last -> Math.max(last + 1, now)));
    }
}
