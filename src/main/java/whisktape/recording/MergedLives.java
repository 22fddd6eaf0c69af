package whisktape.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import whisktape.WhisktapeException;

/**
 * The lives of a topic or a database, as several recordings know them, in one row: a life is known by its id. Where it has
 * none, its place in the row has to do.
 *
 * @param <L> a life
 */
final class MergedLives<L> {
    private final Function<L, String> id;
    private final List<List<L>> merged = new ArrayList<>();

    MergedLives(Function<L, String> id) {
        this.id = id;
    }

    /**
     * Adds the lives that a recording knows.
     *
     * @return for each of them a list that holds it, by which {@link #incarnationOf} finds its number when all are added
     * @throws WhisktapeException refused where it knows them in another order
     */
    List<List<L>> add(List<L> lives, String recording) {
        List<List<L>> places = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < lives.size(); i++) {
            Optional<List<L>> known = find(lives, i);
            if (known.isPresent()) {
                int at = indexOf(known.get());
                if (at < from) {
                    throw WhisktapeException.refused("cannot merge " + recording
                            + ": it knows the lives of its topic or database in another order than the others");
                }
                known.get().add(lives.get(i));
                places.add(known.get());
                from = at + 1;
            } else {
                List<L> place = new ArrayList<>(List.of(lives.get(i)));
                int at = isKnownBehind(lives, i) ? from : merged.size();
                merged.add(at, place);
                places.add(place);
                from = at + 1;
            }
        }
        return places;
    }

    /** All lives in their order, each as the recordings know it that do. */
    List<List<L>> all() {
        return merged;
    }

    /** The number of a life, from 1. */
    int incarnationOf(List<L> place) {
        return indexOf(place) + 1;
    }

    /** A topic that was cut off begins a life with the same id, so the first has to be the first, and so on. */
    private Optional<List<L>> find(List<L> lives, int i) {
        String wanted = id.apply(lives.get(i));
        if (wanted == null || i < merged.size() && idOf(merged.get(i)) == null) {
            return i < merged.size() ? Optional.of(merged.get(i)) : Optional.empty();
        }
        long before = lives.subList(0, i).stream()
                .filter(life -> wanted.equals(id.apply(life)))
                .count();
        return merged.stream()
                .filter(place -> wanted.equals(idOf(place)))
                .skip(before)
                .findFirst();
    }

    private boolean isKnownBehind(List<L> lives, int i) {
        for (int later = i + 1; later < lives.size(); later++) {
            if (find(lives, later).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private String idOf(List<L> place) {
        return place.stream().map(id).filter(Objects::nonNull).findFirst().orElse(null);
    }

    /** Places are told apart by what they are, not by what is in them. */
    private int indexOf(List<L> place) {
        for (int i = 0; i < merged.size(); i++) {
            if (merged.get(i) == place) {
                return i;
            }
        }
        throw new IllegalArgumentException("no such place");
    }
}
