package whisktape.sharing;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import whisktape.Gap;

/** Words that OpenWhisk and whisktape themselves write, whoever runs them: these alone may leave as they are. */
final class Vocabulary {
    /** What stands for a text of which nothing may be told. */
    static final String REDACTED = "redacted";

    static final String SYSTEM = "whisk.system";
    static final String HEALTH_TEST = "invokerHealthTestAction";

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");
    private static final Pattern ID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern KIND = Pattern.compile(
            "[a-z]{2,16}:(\\d{1,3}(\\.\\d{1,3}){0,2}[a-z-]{0,4}|default)" + "|sequence|blackbox|unknown|unknown_kind");
    private static final Pattern EMITTER = Pattern.compile("(controller|invoker|scheduler)(\\d{1,4}|standalone)?");
    private static final Pattern SYSTEM_NAME =
            Pattern.compile("whisk\\.system|invokerHealthTestAction(\\d{1,4}|standalone)?|warmUp");
    private static final Pattern VERSION = Pattern.compile("\\d{1,5}\\.\\d{1,5}\\.\\d{1,5}");
    private static final Pattern TOOL = Pattern.compile("\\d{1,4}(\\.\\d{1,4}){1,3}(-SNAPSHOT)?");
    private static final Pattern REASON = Pattern.compile("tombstone: no value|empty value|only white space"
            + "|not UTF-8( at byte \\d{1,10})?|not JSON( at byte \\d{1,10})?|not a JSON object"
            + "|more text behind the JSON object|no body|body is neither an activation nor a metric"
            + "|no document in the row|not an activation: no activationId|parser failed: [A-Za-z]{1,60}"
            + "|status code -?\\d{1,20} is none of 0 to 3|name is no path of a namespace and an action");

    private static final String TIME = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z";
    private static final String CUT = "(from " + TIME + ")?( ?until " + TIME + ")?( ?where a condition holds)?";
    private static final Pattern CUTS = Pattern.compile(CUT + "(; " + CUT + "){0,20}");

    private static final Set<String> EVENT_TYPES = Set.of("Activation", "Metric");
    private static final Set<String> METRICS = Set.of("ConcurrentInvocations", "ConcurrentRateLimit", "TimedRateLimit");
    private static final Set<String> ENTITY_TYPES =
            Set.of("activation", "action", "trigger", "rule", "package", "subject");
    private static final Set<String> STATUS_TEXTS =
            Set.of("success", "application error", "action developer error", "whisk internal error");

    private static final Set<String> GAPS = Set.of(
            Gap.RETENTION,
            Gap.RECREATED,
            Gap.TRUNCATED,
            Gap.DAMAGED,
            Gap.UNRECORDED,
            "database was deleted",
            "database was deleted and created again",
            "the database has fewer documents than before: deleted and created again, or purged");

    /** Fields whose names the column {@code odd_fields} may hold. */
    private static final Set<String> ODD_FIELDS = Set.of(
            "source",
            "subject",
            "namespace",
            "userId",
            "eventType",
            "timestamp",
            "name",
            "activationId",
            "statusCode",
            "duration",
            "waitTime",
            "initTime",
            "kind",
            "conductor",
            "memory",
            "causedBy",
            "size",
            "userDefinedStatusCode",
            "metricName",
            "metricValue",
            "_id",
            "_rev",
            "_deleted",
            "entityType",
            "version",
            "start",
            "end",
            "updated",
            "cause",
            "publish",
            "annotations",
            "path",
            "limits",
            "limits.timeout",
            "limits.memory",
            "limits.logs",
            "limits.concurrency",
            "limits.instances",
            "timeout",
            "topmost",
            "binding",
            "response",
            "response.statusCode",
            "response.size",
            "response.status",
            "logs",
            "logs.rule",
            "logs.action",
            "logs.activationId",
            "logs.statusCode",
            "logs.success",
            "logs.error");

    /** Words of {@code recording.json}, of JSON that OpenWhisk writes, and of what stands in files for other reasons. */
    private static final String OF_THE_FORMAT =
            "format tool state created labels note redacted kafka cluster id topic lives"
                    + " incarnation start offsets couchdb server database instance time since gaps table partition from until offset"
                    + " reason segments file next update seq rows activations metrics unreadable duplicates poison deleted designs size"
                    + " bytes sha256 recording json complete events activation metric type body key value response result true false"
                    + " null ns pkg rule field header design user database topic source whisktape segment parquet mr version build zstd local whisk system warmup"
                    + " create append logappend unknown none cut where a condition holds";

    /** What is as long as what is looked for within other texts: a part of these is found in them. */
    private static final Set<String> SENTENCES = Stream.of(
                    Set.of(SYSTEM + "/" + HEALTH_TEST), Set.of(REASON.pattern().split("\\|")), GAPS)
            .flatMap(Set::stream)
            .collect(Collectors.toSet());

    private Vocabulary() {}

    /** Words that stand in every shared file, in lower case; those of its columns are not among them. */
    static Set<String> words() {
        return Stream.of(
                        Set.of(OF_THE_FORMAT, REASON.pattern(), SYSTEM_NAME.pattern()),
                        ODD_FIELDS,
                        EVENT_TYPES,
                        METRICS,
                        ENTITY_TYPES,
                        STATUS_TEXTS,
                        GAPS)
                .flatMap(Set::stream)
                .flatMap(text -> words(text).stream())
                .collect(Collectors.toSet());
    }

    /** The words of a text, in lower case. */
    static List<String> words(String text) {
        return List.of(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)));
    }

    /** Activation ids are drawn at random, and join events to documents. */
    static boolean isActivationId(String text) {
        return ID.matcher(text).matches();
    }

    static boolean isKind(String text) {
        return KIND.matcher(text).matches();
    }

    static boolean isEmitter(String text) {
        return EMITTER.matcher(text).matches();
    }

    /** Of OpenWhisk's own namespace and its probes, which reports leave out. */
    static boolean isSystemName(String text) {
        return SYSTEM_NAME.matcher(text).matches();
    }

    static boolean isVersion(String text) {
        return VERSION.matcher(text).matches();
    }

    /** A version of whisktape. */
    static boolean isTool(String text) {
        return TOOL.matcher(text).matches();
    }

    static boolean isEventType(String text) {
        return EVENT_TYPES.contains(text);
    }

    static boolean isMetric(String text) {
        return METRICS.contains(text);
    }

    static boolean isEntityType(String text) {
        return ENTITY_TYPES.contains(text);
    }

    static boolean isStatusText(String text) {
        return STATUS_TEXTS.contains(text);
    }

    /** Why something is unreadable, or poison. */
    static boolean isReason(String text) {
        return REASON.matcher(text).matches();
    }

    /** True for a part of what is written with so many words, and so for what is found where nothing leaked. */
    static boolean isPartOfSentence(String text) {
        return SENTENCES.stream().anyMatch(sentence -> sentence.contains(text));
    }

    /** What the label of a cut says. */
    static boolean isCut(String description) {
        return CUTS.matcher(description).matches();
    }

    /** Why something is missing. */
    static boolean isGap(String reason) {
        return GAPS.contains(reason);
    }

    /** The name that OpenWhisk gives it unless told otherwise. */
    static boolean isTopic(String name) {
        return name.equals("events");
    }

    static boolean isDatabase(String name) {
        return name.equals("activations") || name.equals("whisk_local_activations");
    }

    /** True where a JSON object was read, and only what is in it is not what OpenWhisk writes. */
    static boolean isOfAnObject(String reason) {
        return reason != null
                && (reason.equals("no body")
                        || reason.equals("body is neither an activation nor a metric")
                        || reason.startsWith("not an activation: "));
    }

    static boolean isOddField(String text) {
        return ODD_FIELDS.contains(text);
    }
}
