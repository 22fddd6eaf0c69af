package whisktape.sharing;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What becomes of a value, by what it is. The same original gives the same redacted value wherever it stands, in a column or
 * in the JSON that the column was read from; null stays null, and an empty text is no secret.
 *
 * <p>Not for use by several threads.
 */
final class Redaction {
    /** OpenWhisk's entity name. What is none must not become one: it may be what stops user-events. */
    private static final Pattern ENTITY_NAME = Pattern.compile("\\w|\\w[\\w@ .&-]{0,254}[\\w@.&-]");

    private static final Pattern REVISION = Pattern.compile("(\\d{1,9})-.*", Pattern.DOTALL);
    private static final Pattern EMITTER = Pattern.compile("(controller|invoker|scheduler).*", Pattern.DOTALL);
    private static final String DESIGN = "_design/";

    /** Below it OpenWhisk refuses a subject, and so must do with what stands for it. */
    private static final int SHORTEST_SUBJECT = 5;

    /** Names repeat; who sends more different ones than this only loses the shortcut. */
    private static final int KNOWN_TEXTS = 8192;

    private static final int LONGEST_KNOWN = 255;

    private final Set<Keep> keep;
    private final Pseudonyms pseudonyms;
    private final Originals originals;
    private final Map<String, Map<String, String>> known = new HashMap<>();

    Redaction(Set<Keep> keep, Pseudonyms pseudonyms, Originals originals) {
        this.keep = keep;
        this.pseudonyms = pseudonyms;
        this.originals = originals;
    }

    boolean keeps(Keep what) {
        return keep.contains(what);
    }

    Originals originals() {
        return originals;
    }

    String namespace(String name) {
        return of("ns", name, Keep.NAMES, text -> segment("ns", text));
    }

    /** Name of an action or trigger, without package. */
    String action(String name) {
        return of("action", name, Keep.NAMES, text -> segment("action", text));
    }

    /** Owner namespace, package and action, as many of them as there are. */
    String path(String path) {
        return of("path", path, Keep.NAMES, text -> path(text, "action"));
    }

    /** Owner namespace and package. */
    String binding(String path) {
        return of("binding", path, Keep.NAMES, text -> path(text, "pkg"));
    }

    /** Namespace and rule. */
    String rule(String path) {
        return of("rule", path, Keep.NAMES, text -> path(text, "rule"));
    }

    String subject(String subject) {
        return of("subject", subject, Keep.SUBJECTS, text -> {
            if (text.equals(Vocabulary.SYSTEM)) {
                return text;
            }
            return text.length() < SHORTEST_SUBJECT
                    ? pseudonyms.digits("subject", text, SHORTEST_SUBJECT - 1)
                    : pseudonyms.named("subject", text);
        });
    }

    String userId(String id) {
        return of("user", id, Keep.USER_IDS, text -> pseudonyms.uuid("user", text));
    }

    /** {@code controller0}, {@code invoker1}: what they are is told by how they begin. */
    String emitter(String source) {
        return of("source", source, Keep.NAMES, text -> {
            Matcher known = EMITTER.matcher(text);
            String word = known.matches() ? known.group(1) : "source";
            return Vocabulary.isEmitter(text) ? text : pseudonyms.named(word, text);
        });
    }

    String kind(String kind) {
        return kind != null && Vocabulary.isKind(kind)
                ? of("runtime", kind, null, this::knownKind)
                : of("kind", kind, Keep.NAMES, text -> pseudonyms.named("kind", text));
    }

    /** Its words say nothing, wherever else they stand: {@code nodejs} may be a label, a package or a result. */
    private String knownKind(String kind) {
        for (String word : kind.split(":")) {
            originals.keep(word);
            Vocabulary.words(word).forEach(originals::keep);
        }
        return kind;
    }

    String activationId(String id) {
        return unlessKnown("id", id, Vocabulary.isActivationId(id == null ? "" : id));
    }

    String version(String version) {
        return unlessKnown("version", version, version != null && Vocabulary.isVersion(version));
    }

    String eventType(String type) {
        return unlessKnown("type", type, type != null && Vocabulary.isEventType(type));
    }

    String metric(String name) {
        return unlessKnown("metric", name, name != null && Vocabulary.isMetric(name));
    }

    /** {@code sequence}, and what a boolean of 2018 is read as. */
    String causedBy(String cause) {
        return unlessKnown("cause", cause, "sequence".equals(cause) || "true".equals(cause));
    }

    /** What is no activation is told by this, in a sentence too; so there is one word for all that OpenWhisk has not. */
    String entityType(String type) {
        return gone(type, type != null && Vocabulary.isEntityType(type));
    }

    String statusText(String text) {
        return gone(text, text != null && Vocabulary.isStatusText(text));
    }

    /** Why a rule started nothing. */
    String failure(String error) {
        if (error != null && !keeps(Keep.LOGS)) {
            originals.add(error, Keep.LOGS);
        }
        return gone(error, keeps(Keep.LOGS));
    }

    /** The name of a JSON field, annotation or label that OpenWhisk does not have. */
    String unknownField(String name) {
        return unlessKnown("field", name, false);
    }

    /** CouchDB's is made of the document's content, so even a part of it would tell whether a guess is right. */
    String revision(String rev) {
        return of("rev", rev, null, text -> {
            Matcher numbered = REVISION.matcher(text);
            return numbered.matches()
                    ? numbered.group(1) + "-" + pseudonyms.hex("rev", text)
                    : pseudonyms.named("rev", text);
        });
    }

    /** Namespace and activation id; whatever else a database may hold. */
    String documentId(String id) {
        if (id == null) {
            return null;
        }
        if (id.startsWith(DESIGN)) {
            return DESIGN + of("design", id.substring(DESIGN.length()), null, text -> pseudonyms.named("design", text));
        }
        int slash = id.lastIndexOf('/');
        String name = id.substring(slash + 1);
        String last = Vocabulary.isActivationId(name) ? name : action(name);
        return slash < 0 ? last : namespace(id.substring(0, slash)) + "/" + last;
    }

    /** CouchDB's token holds names of its nodes. */
    String updateSeq(String seq) {
        return seq == null || seq.equals("0") ? seq : Vocabulary.REDACTED;
    }

    /** Also a part of the names of files. */
    String topic(String topic) {
        return of(
                "topic", topic, Keep.NAMES, text -> Vocabulary.isTopic(text) ? text : pseudonyms.named("topic", text));
    }

    String database(String database) {
        return of(
                "database",
                database,
                Keep.NAMES,
                text -> Vocabulary.isDatabase(text) ? text : pseudonyms.named("database", text));
    }

    byte[] key(byte[] key) {
        if (key == null || key.length == 0) {
            return key;
        }
        if (keeps(Keep.KEYS)) {
            originals.keepBytes(key);
            return key;
        }
        originals.addBytes(key, Keep.KEYS);
        return Bytes.utf8(pseudonyms.named("key", key));
    }

    String headerName(String name) {
        return of("header", name, Keep.HEADERS, text -> pseudonyms.named("header", text));
    }

    byte[] headerValue(byte[] value) {
        if (value == null || value.length == 0) {
            return value;
        }
        if (keeps(Keep.HEADERS)) {
            originals.keepBytes(value);
            return value;
        }
        originals.addBytes(value, Keep.HEADERS);
        return Bytes.utf8(Vocabulary.REDACTED);
    }

    private String path(String path, String last) {
        String[] segments = path.split("/", -1);
        int first = segments[0].isEmpty() ? 1 : 0;
        for (int i = 0; i < segments.length; i++) {
            String word = i == segments.length - 1 ? last : i == first ? "ns" : "pkg";
            segments[i] = segment(word, segments[i]);
        }
        return String.join("/", segments);
    }

    private String segment(String word, String name) {
        if (name.isEmpty() || Vocabulary.isSystemName(name)) {
            return name;
        }
        originals.add(name, Keep.NAMES);
        String kept = name.startsWith(Vocabulary.HEALTH_TEST) ? Vocabulary.HEALTH_TEST : word;
        return (ENTITY_NAME.matcher(name).matches() ? "" : "!") + pseudonyms.named(kept, name);
    }

    private String unlessKnown(String word, String text, boolean isKnown) {
        return isKnown ? text : of(word, text, null, some -> pseudonyms.named(word, some));
    }

    private String gone(String text, boolean stays) {
        return stays ? text : of("gone", text, null, some -> Vocabulary.REDACTED);
    }

    /** Asks for what stands for a text only if it is not known already; {@code kept} is null for what nobody may keep. */
    private String of(String what, String text, Keep kept, UnaryOperator<String> redact) {
        if (text == null || text.isEmpty()) {
            return text;
        }
        Map<String, String> ofThese = known.computeIfAbsent(what, key -> new HashMap<>());
        String redacted = ofThese.get(text);
        if (redacted == null) {
            redacted = redactOrKeep(text, kept, redact);
            if (ofThese.size() < KNOWN_TEXTS && text.length() <= LONGEST_KNOWN) {
                ofThese.put(text, redacted);
            }
        }
        return redacted;
    }

    private String redactOrKeep(String text, Keep kept, UnaryOperator<String> redact) {
        if (kept != null && keeps(kept)) {
            originals.keep(text);
            return kept == Keep.NAMES ? keptPath(text) : text;
        }
        String redacted = redact.apply(text);
        if (!redacted.equals(text)) {
            originals.add(text, kept);
        }
        return redacted;
    }

    /** Its parts stand by themselves elsewhere. */
    private String keptPath(String path) {
        for (String name : path.split("/")) {
            originals.keep(name);
        }
        return path;
    }
}
