package whisktape.sharing;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What was redacted, to be looked for in what leaves. Holds fingerprints, so that it needs the same memory whatever the texts
 * are like: of a text of 32 bytes and more that of its first 32. Where there are more texts than it has room for it holds a
 * part of them, and says how many parts there are; whoever wants to know them all collects them again, part by part.
 *
 * <p>Left out is what says nothing: words of the format itself, numbers, ids of activations, kinds, sentences of our own and parts of them, and
 * whatever else may leave as it is. What is shorter than four bytes is known only as a whole value, since it is found anywhere by chance.
 */
final class Originals {
    /** Of a longer text so many bytes are looked at. */
    static final int LONGEST = 32;

    /** From here on a text is found within others; a shorter one only between characters that belong to no word. */
    static final int UNMISTAKABLE = 16;

    /** 128 MiB, enough for eight million texts. */
    private static final int SLOTS = 1 << 24;

    private static final int SLOTS_OF_KEPT = 1 << 22;
    private static final int BEGINNINGS = 1 << 24;
    private static final int LONG_BEGINNINGS = 1 << 27;
    private static final int NO_KIND = 15;
    private static final int LONGEST_NUMBER = 14;
    private static final int LONGEST_WORDS = 200;
    private static final int SHORTEST_WORD = 8;
    private static final Pattern NUMBER = Pattern.compile("[0-9]{0," + LONGEST_NUMBER + "}");
    private static final Pattern WORD_OF_A_TEXT = Pattern.compile("[A-Za-z0-9_./:@+=~-]{" + SHORTEST_WORD + ",}");

    private final Set<String> words;
    private final int part;
    private final Fingerprints texts;
    private final Fingerprints kept = new Fingerprints(SLOTS_OF_KEPT);
    private final long[] beginnings = new long[BEGINNINGS / Long.SIZE];
    private final long[] longBeginnings = new long[LONG_BEGINNINGS / Long.SIZE];
    private int parts;

    /** @param words of the format itself, in lower case */
    Originals(Set<String> words) {
        this(words, 0, 1, SLOTS);
    }

    Originals(Set<String> words, int part, int parts, int slots) {
        this.words = words;
        this.part = part;
        this.parts = parts;
        this.texts = new Fingerprints(slots);
    }

    /** In how many parts all would have room; this is the first of them if it began as the only one. */
    int parts() {
        return parts;
    }

    /** A text that must not leave. */
    void add(String text) {
        add(text, null);
    }

    /** The same for one that {@code kind} would let leave. */
    void add(String text, Keep kind) {
        if (!saysNothing(text)) {
            // One more than is looked at, so that no pair of surrogates is cut.
            add(Bytes.utf8(text.length() > LONGEST ? text.substring(0, LONGEST + 1) : text), kind);
        }
    }

    /** The same for bytes of which nobody knows whether they are a text. */
    void addBytes(byte[] bytes, Keep kind) {
        if (bytes.length > LONGEST_WORDS || !saysNothing(new String(bytes, StandardCharsets.UTF_8))) {
            add(bytes, kind);
        }
    }

    /** Words of a text of which nobody knows what it says. */
    void addWords(String text) {
        WORD_OF_A_TEXT.matcher(text).results().forEach(word -> add(word.group()));
    }

    /** A text that leaves because the user wants it to, or since it stands where it says nothing, whatever else it is. */
    void keep(String text) {
        keepBytes(Bytes.utf8(text));
    }

    /** The same for bytes of which nobody knows whether they are a text. */
    void keepBytes(byte[] bytes) {
        kept.add(Bytes.hash(bytes, 0, Math.min(bytes.length, LONGEST)));
    }

    /** True for a text that the user wants to leave. */
    boolean isKept(byte[] text) {
        return kept.contains(Bytes.hash(text, 0, Math.min(text.length, LONGEST)));
    }

    private void add(byte[] bytes, Keep kind) {
        int length = Math.min(bytes.length, LONGEST);
        if (length == 0) {
            return;
        }
        long hash = Bytes.hash(bytes, 0, length);
        if (!isOfPart(hash)) {
            return;
        }
        if (length >= UNMISTAKABLE) {
            set(longBeginnings, goingOn(Bytes.hash(bytes, 0, UNMISTAKABLE)));
        }
        if (length >= 8) {
            long beginning = Bytes.beginning8(bytes, 0);
            set(longBeginnings, (int) beginning);
            set(longBeginnings, (int) (beginning >>> 32));
        } else if (length >= 4) {
            set(beginnings, Bytes.beginning4(bytes, 0));
        }
        texts.add(hash & ~NO_KIND | (kind == null ? NO_KIND : kind.ordinal()));
        while (texts.isFull()) {
            parts *= 2;
            texts.retain(this::isOfPart);
        }
    }

    private boolean isOfPart(long hash) {
        return ((int) (hash >>> 4) & parts - 1) == part;
    }

    /** Whether a text of four to seven bytes may begin here. */
    boolean mayBegin(byte[] bytes, int at) {
        return isSet(beginnings, Bytes.beginning4(bytes, at));
    }

    /** Whether a longer text may begin here. */
    boolean mayBeginLong(byte[] bytes, int at) {
        long beginning = Bytes.beginning8(bytes, at);
        return isSet(longBeginnings, (int) beginning) && isSet(longBeginnings, (int) (beginning >>> 32));
    }

    /** Whether a text may begin with so many bytes as are unmistakable, and these have this hash. */
    boolean mayGoOn(long hash) {
        return isSet(longBeginnings, goingOn(hash));
    }

    private static int goingOn(long hash) {
        return (int) (hash >>> 32);
    }

    /** Whether a text with this hash must not leave. */
    boolean isRedacted(long hash) {
        return texts.contains(hash) && !kept.contains(hash);
    }

    /** What would have let leave the text with this hash, which must not; empty if nothing would. */
    Optional<Keep> kindOf(long hash) {
        int kind = texts.kindOf(hash);
        return kind == NO_KIND ? Optional.empty() : Optional.of(Keep.values()[kind]);
    }

    private boolean saysNothing(String text) {
        if (text.length() >= UNMISTAKABLE
                && Vocabulary.isPartOfSentence(text.substring(0, Math.min(text.length(), LONGEST)))) {
            return true;
        }
        if (text.length() > LONGEST_WORDS) {
            return false;
        }
        if (Vocabulary.isActivationId(text) || Vocabulary.isKind(text) || Vocabulary.isEmitter(text)) {
            return true;
        }
        // Half a surrogate is a question mark where it is stored.
        return text.chars().allMatch(c -> c < 128 || Character.isSurrogate((char) c))
                && Vocabulary.words(text).stream()
                        .allMatch(word ->
                                words.contains(word) || NUMBER.matcher(word).matches());
    }

    private static void set(long[] bits, int bit) {
        int index = bit & bits.length * Long.SIZE - 1;
        bits[index >> 6] |= 1L << index;
    }

    private static boolean isSet(long[] bits, int bit) {
        int index = bit & bits.length * Long.SIZE - 1;
        return (bits[index >> 6] & 1L << index) != 0;
    }
}
