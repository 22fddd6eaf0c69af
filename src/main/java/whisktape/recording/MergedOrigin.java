package whisktape.recording;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import whisktape.WhisktapeException;

/**
 * Where the rows of several recordings come from, if that is one and the same place, and which life of one is which of the
 * whole.
 *
 * @param kafka absent where no recording has events
 * @param couchdb absent where no recording has documents
 * @param eventLives of each recording, by its incarnation that of the whole
 * @param documentLives likewise
 */
record MergedOrigin(
        Manifest.Kafka kafka,
        Manifest.Couchdb couchdb,
        Map<Recording, Map<Integer, Integer>> eventLives,
        Map<Recording, Map<Integer, Integer>> documentLives) {

    /**
     * Of these recordings, the first one first.
     *
     * @throws WhisktapeException refused where they are of different places
     */
    static MergedOrigin of(List<Recording> recordings) {
        Map<Recording, Map<Integer, Integer>> eventLives = new IdentityHashMap<>();
        Map<Recording, Map<Integer, Integer>> documentLives = new IdentityHashMap<>();
        return new MergedOrigin(
                kafka(recordings, eventLives), couchdb(recordings, documentLives), eventLives, documentLives);
    }

    private static Manifest.Kafka kafka(List<Recording> recordings, Map<Recording, Map<Integer, Integer>> numbers) {
        List<Recording> some = having(recordings, Manifest::kafka);
        if (some.isEmpty()) {
            return null;
        }
        String cluster = common(
                "cluster", some, recording -> recording.manifest().kafka().clusterId());
        String topic =
                common("topic", some, recording -> recording.manifest().kafka().topic());
        MergedLives<Manifest.Life> lives = new MergedLives<>(Manifest.Life::topicId);
        Map<Recording, List<List<Manifest.Life>>> places = new IdentityHashMap<>();
        for (Recording recording : some) {
            places.put(
                    recording,
                    lives.add(
                            recording.manifest().kafka().lives(),
                            recording.folder().toString()));
        }
        places.forEach((recording, found) -> numbers.put(
                recording, numbers(lives, found, recording.manifest().kafka().lives(), Manifest.Life::incarnation)));
        List<Manifest.Life> merged = new ArrayList<>();
        for (List<Manifest.Life> place : lives.all()) {
            merged.add(new Manifest.Life(
                    merged.size() + 1, firstKnown(place, Manifest.Life::topicId), startOffsets(place)));
        }
        return new Manifest.Kafka(cluster, topic, merged);
    }

    private static Manifest.Couchdb couchdb(List<Recording> recordings, Map<Recording, Map<Integer, Integer>> numbers) {
        List<Recording> some = having(recordings, Manifest::couchdb);
        if (some.isEmpty()) {
            return null;
        }
        String server = common(
                "CouchDB server",
                some,
                recording -> recording.manifest().couchdb().serverId());
        String database = common(
                "database", some, recording -> recording.manifest().couchdb().database());
        MergedLives<Manifest.DatabaseLife> lives = new MergedLives<>(Manifest.DatabaseLife::instanceStartTime);
        Map<Recording, List<List<Manifest.DatabaseLife>>> places = new IdentityHashMap<>();
        for (Recording recording : some) {
            places.put(
                    recording,
                    lives.add(
                            recording.manifest().couchdb().lives(),
                            recording.folder().toString()));
        }
        places.forEach((recording, found) -> numbers.put(
                recording,
                numbers(lives, found, recording.manifest().couchdb().lives(), Manifest.DatabaseLife::incarnation)));
        List<Manifest.DatabaseLife> merged = new ArrayList<>();
        for (List<Manifest.DatabaseLife> place : lives.all()) {
            merged.add(new Manifest.DatabaseLife(
                    merged.size() + 1,
                    firstKnown(place, Manifest.DatabaseLife::instanceStartTime),
                    place.get(0).since()));
        }
        return new Manifest.Couchdb(server, database, merged);
    }

    private static List<Recording> having(List<Recording> recordings, Function<Manifest, Object> origin) {
        return recordings.stream()
                .filter(recording -> origin.apply(recording.manifest()) != null)
                .toList();
    }

    /** What all recordings say that say anything; a dump does not know its cluster. */
    private static String common(String what, List<Recording> recordings, Function<Recording, String> value) {
        Optional<Recording> first = recordings.stream()
                .filter(recording -> value.apply(recording) != null)
                .findFirst();
        for (Recording recording : recordings) {
            String other = value.apply(recording);
            if (other != null && !other.equals(value.apply(first.orElseThrow()))) {
                throw WhisktapeException.refused("cannot merge: " + first.get().folder() + " is of " + what + " "
                        + value.apply(first.get()) + " and " + recording.folder() + " of " + other
                        + "; only recordings of the same one continue each other");
            }
        }
        return first.map(value).orElse(null);
    }

    private static <L> Map<Integer, Integer> numbers(
            MergedLives<L> lives, List<List<L>> places, List<L> own, Function<L, Integer> incarnation) {
        Map<Integer, Integer> numbers = new HashMap<>();
        for (int i = 0; i < own.size(); i++) {
            numbers.put(incarnation.apply(own.get(i)), lives.incarnationOf(places.get(i)));
        }
        return numbers;
    }

    private static <L> String firstKnown(List<L> place, Function<L, String> id) {
        return place.stream().map(id).filter(Objects::nonNull).findFirst().orElse(null);
    }

    private static Map<Integer, Long> startOffsets(List<Manifest.Life> place) {
        Map<Integer, Long> first = new TreeMap<>();
        place.forEach(
                life -> life.startOffsets().forEach((partition, offset) -> first.merge(partition, offset, Math::min)));
        return first;
    }
}
