package whisktape.sharing;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.recording.RecordedJson;

/** Looks at texts and bytes for what was redacted elsewhere, and for what looks like a secret. */
final class TextScan {
    /** More would help nobody. */
    private static final int MOST_LEAKS = 20;

    /** Shorter originals are looked for in whole values only, or between the bounds of words. */
    private static final int SHORTEST_IN_PAGE = 8;

    private static final int SHORTEST_IN_TEXT = 4;

    private final Originals originals;
    private final List<Leak> leaks = new ArrayList<>();

    /** Of the original that was found last. */
    private long found;

    TextScan(Originals originals) {
        this.originals = originals;
    }

    /** What was found, the first of it. */
    List<Leak> leaks() {
        return leaks;
    }

    /** A whole value: a text, or JSON, whose texts and names are looked at one by one as nobody has escaped them. */
    void value(String entry, String place, byte[] value) {
        if (value.length > 0 && (value[0] == '{' || value[0] == '[') && json(entry, place, value)) {
            return;
        }
        text(entry, place, value);
    }

    /** Bytes in which values stand among others. */
    void page(String entry, String place, byte[] bytes, int length) {
        if (holdsOriginal(bytes, length, true)) {
            reportOriginal(entry, place);
        }
        SecretPatterns.inPage(new String(bytes, 0, length, StandardCharsets.ISO_8859_1))
                .ifPresent(what -> report(entry, place, what));
    }

    private boolean json(String entry, String place, byte[] value) {
        List<byte[]> texts = new ArrayList<>();
        try (JsonParser in = RecordedJson.open(value)) {
            for (JsonToken token = in.nextToken(); token != null; token = in.nextToken()) {
                if (token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME) {
                    texts.add(Bytes.utf8(in.getText()));
                }
            }
        } catch (IOException e) {
            // Then it is a text that only begins like JSON.
            return false;
        }
        texts.forEach(text -> text(entry, place, text));
        return true;
    }

    private void text(String entry, String place, byte[] text) {
        boolean isOriginal =
                text.length > 0 && originals.isRedacted(Bytes.hash(text, 0, Math.min(text.length, Originals.LONGEST)));
        if (isOriginal || holdsOriginal(text, text.length, false)) {
            reportOriginal(entry, place);
        }
        String chars = new String(text, StandardCharsets.ISO_8859_1);
        if (SecretPatterns.find(chars).isPresent() && !originals.isKept(text)) {
            SecretPatterns.find(withoutKept(chars)).ifPresent(what -> report(entry, place, what));
        }
    }

    /** Ids of documents are made of a namespace that may look as it likes, and there are too many of them to know each. */
    private String withoutKept(String path) {
        return Stream.of(path.split("/", -1))
                .map(name -> originals.isKept(name.getBytes(StandardCharsets.ISO_8859_1)) ? "" : name)
                .collect(Collectors.joining("/"));
    }

    private void report(String entry, String place, String what) {
        Leak leak = new Leak(entry, place, what);
        if (leaks.size() < MOST_LEAKS && !leaks.contains(leak)) {
            leaks.add(leak);
        }
    }

    private boolean holdsOriginal(byte[] bytes, int length, boolean onlyLong) {
        for (int at = 0; at + SHORTEST_IN_TEXT <= length; at++) {
            boolean begins = at == 0 || !isOfWord(bytes[at - 1]);
            if (at + SHORTEST_IN_PAGE <= length && originals.mayBeginLong(bytes, at)) {
                if (isOriginal(bytes, at, length, SHORTEST_IN_PAGE, Originals.LONGEST, begins)) {
                    return true;
                }
            }
            if (!onlyLong && begins && originals.mayBegin(bytes, at)) {
                if (isOriginal(bytes, at, length, SHORTEST_IN_TEXT, SHORTEST_IN_PAGE - 1, true)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isOriginal(byte[] bytes, int at, int end, int shortest, int longest, boolean begins) {
        long hash = Bytes.begin();
        for (int length = 1; length <= longest && at + length <= end; length++) {
            hash = Bytes.add(hash, bytes[at + length - 1]);
            boolean isWhole =
                    length >= Originals.UNMISTAKABLE || begins && (at + length == end || !isOfWord(bytes[at + length]));
            if (length >= shortest && isWhole && isOriginal(Bytes.end(hash))) {
                return true;
            }
        }
        return false;
    }

    private boolean isOriginal(long hash) {
        found = hash;
        return originals.isRedacted(hash);
    }

    private void reportOriginal(String entry, String place) {
        report(
                entry,
                place,
                Leak.ORIGINAL
                        + originals
                                .kindOf(found)
                                .map(kind -> " (of " + kind + ")")
                                .orElse(""));
    }

    private static boolean isOfWord(byte b) {
        return b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || b < 0;
    }
}
