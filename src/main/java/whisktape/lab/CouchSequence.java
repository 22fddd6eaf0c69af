package whisktape.lab;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * A place in the changes of a database. As text it is what CouchDB's is: a number, a dash, and a hundred characters and more
 * that mean nothing to anybody else.
 *
 * @param life {@code instance_start_time} of the database
 * @param first the last change of the first shard
 * @param second the last change of the second shard
 */
record CouchSequence(String life, long first, long second) {
    static final int SHARDS = 2;

    private static final String PADDING = "shards/00000000-7fffffff,shards/80000000-ffffffff,node1@127.0.0.1";

    static CouchSequence start(String life) {
        return new CouchSequence(life, 0, 0);
    }

    long change(int shard) {
        return shard == 0 ? first : second;
    }

    CouchSequence with(int shard, long change) {
        return shard == 0 ? new CouchSequence(life, change, second) : new CouchSequence(life, first, change);
    }

    /** Reads what {@link #toString} has written; empty for anything else. */
    static Optional<CouchSequence> parse(String text) {
        try {
            byte[] opaque = Base64.getUrlDecoder().decode(text.substring(text.indexOf('-') + 1));
            String[] parts = new String(opaque, StandardCharsets.UTF_8).split(";", -1);
            if (parts.length != 4 || !parts[3].equals(PADDING)) {
                return Optional.empty();
            }
            CouchSequence sequence = new CouchSequence(parts[0], Long.parseLong(parts[1]), Long.parseLong(parts[2]));
            return Optional.of(sequence).filter(read -> read.toString().equals(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        String opaque = life + ";" + first + ";" + second + ";" + PADDING;
        return first + second + "-"
                + Base64.getUrlEncoder().withoutPadding().encodeToString(opaque.getBytes(StandardCharsets.UTF_8));
    }
}
