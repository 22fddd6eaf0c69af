package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.Message;
import whisktape.OddDocuments;
import whisktape.OddMessages;
import whisktape.metrics.UserEventReader;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** The columns of a redacted row say what anybody reads in its redacted JSON, whatever there was before. */
final class RedactedLayersTest {
    private final Redaction redaction =
            new Redaction(EnumSet.noneOf(Keep.class), new Pseudonyms(Salt.random()), new Originals(Vocabulary.words()));

    static Stream<Arguments> messages() {
        Stream<Arguments> odd = OddMessages.all().entrySet().stream()
                .map(message ->
                        Arguments.of(message.getKey(), message.getValue().value()));
        Stream<Arguments> more = MORE.entrySet().stream()
                .map(message ->
                        Arguments.of(message.getKey(), message.getValue().getBytes(StandardCharsets.UTF_8)));
        Stream<Arguments> wide = Stream.of("UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32")
                .map(name -> Arguments.of(
                        name, OddMessages.withBodyField("size", "27").getBytes(Charset.forName(name))));
        return Stream.concat(odd, Stream.concat(more, wide));
    }

    private static final Map<String, String> MORE = Map.ofEntries(
            Map.entry("status code 7", OddMessages.withBodyField("statusCode", "7")),
            Map.entry("name without namespace", OddMessages.withBodyField("name", "\"hello\"")),
            Map.entry("name with slash first", OddMessages.withBodyField("name", "\"/guest/hello\"")),
            Map.entry("name with two slashes", OddMessages.withBodyField("name", "\"guest//hello\"")),
            Map.entry("name with blank last", OddMessages.withBodyField("name", "\"guest/hello \"")),
            Map.entry("empty name", OddMessages.withBodyField("name", "\"\"")),
            Map.entry("long name", OddMessages.withBodyField("name", "\"guest/" + "n".repeat(257) + "\"")),
            Map.entry("probe", OddMessages.withBodyField("name", "\"whisk.system/invokerHealthTestAction0\"")),
            Map.entry("many digits", OddMessages.withBodyField("duration", "3." + "1".repeat(100))),
            Map.entry("many digits of a whole number", OddMessages.withBodyField("duration", "3." + "0".repeat(100))),
            Map.entry("infinite", OddMessages.withBodyField("duration", "1" + "0".repeat(400) + ".0")),
            Map.entry("number in long text", OddMessages.withBodyField("duration", "\"" + "1".repeat(40) + "\"")),
            Map.entry("number with plus", OddMessages.withBodyField("duration", "\"+412\"")),
            Map.entry("own kind", OddMessages.withBodyField("kind", "\"fortran:77-secret\"")),
            Map.entry("own caused by", OddMessages.withBodyField("size", "1,\"causedBy\":\"somebody\"")),
            Map.entry("own id", OddMessages.withBodyField("activationId", "\"not-an-id\"")),
            Map.entry(
                    "id in capitals",
                    OddMessages.withBodyField("activationId", "\"A1484B6E79274812884B6E79274812C6\"")),
            Map.entry("broken late", OddMessages.withBodyField("size", "27").replace("}", "} ]")));

    @ParameterizedTest(name = "{0}")
    @MethodSource("messages")
    void anEventsColumnsAreThoseOfItsBytes(String odd, byte[] value) {
        Event original = new EventParser()
                .parse(new Message(1, 0, 7, 5, Message.TimestampType.CREATE, 6, null, value, List.of()));

        Event redacted = new EventRedactor(redaction).apply(original);

        assertThat(new EventParser().parse(redacted.message())).isEqualTo(redacted);
        assertThat(withoutNames(redacted)).isEqualTo(withoutNames(original));
        assertThat(redacted.poison()).isEqualTo(original.poison());
        // OpenWhisk's own service is stricter, and makes of it what it made of the original.
        assertThat(UserEventReader.read(redacted.message().value()).getClass())
                .isEqualTo(UserEventReader.read(value).getClass());
        assertThat(redacted.oddFields()).isEqualTo(original.oddFields());
    }

    static Stream<Arguments> documents() {
        return Stream.concat(
                OddDocuments.all().entrySet().stream().map(odd -> Arguments.of(odd.getKey(), odd.getValue())),
                Stream.of(
                                "action-cold-with-logs",
                                "action-in-sequence",
                                "action-through-binding",
                                "action-warm",
                                "application-error",
                                "array-result",
                                "before-2018",
                                "composition",
                                "design",
                                "elasticsearch",
                                "fallback",
                                "inner-sequence",
                                "queue-drop",
                                "rest-record",
                                "rest-summary",
                                "sequence-interrupted",
                                "sequence",
                                "timeout",
                                "trigger-with-refusal",
                                "trigger",
                                "web-action")
                        .map(name -> Arguments.of(name, OddDocuments.sample(name))));
    }

    /** Results and logs are gone, so what was read in them stands in the columns alone. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("documents")
    void aDocumentsColumnsAreThoseOfItsTextButForPayloads(String odd, byte[] text) {
        Document original = new DocumentParser().parse(1, "7-abc", 5, null, null, false, text);

        Document redacted = new DocumentRedactor(redaction).apply(original);

        assertThat(withoutNames(redacted)).isEqualTo(withoutNames(original));
        if (redacted.text() == null) {
            assertThat(original.body()).isInstanceOf(DocumentBody.Unreadable.class);
        } else {
            Document read = new DocumentParser().parse(1, redacted.updateSeq(), 5, null, null, false, redacted.text());
            assertThat(withoutPayloads(read)).isEqualTo(withoutPayloads(redacted));
        }
    }

    private static List<Object> withoutNames(Event event) {
        if (event.body() instanceof EventBody.Activation activation) {
            return Arrays.asList(
                    event.envelope().timestampMs(),
                    activation.statusCode(),
                    activation.durationMs(),
                    activation.waitMs(),
                    activation.initMs(),
                    activation.conductor(),
                    activation.memoryMb(),
                    activation.responseChars(),
                    activation.userStatusCode(),
                    activation.action() == null
                            ? null
                            : activation.action().chars().filter(c -> c == '/').count());
        }
        return event.body() instanceof EventBody.Metric metric
                ? Arrays.asList(event.envelope().timestampMs(), metric.value())
                : List.of(event.body());
    }

    private static List<Object> withoutNames(Document document) {
        if (document.body() instanceof DocumentBody.Activation a) {
            return Arrays.asList(
                    document.deleted(),
                    a.startMs(),
                    a.endMs(),
                    a.durationMs(),
                    a.updatedMs(),
                    a.waitMs(),
                    a.initMs(),
                    a.limits(),
                    a.timedOut(),
                    a.topmost(),
                    a.conductor(),
                    a.statusCode(),
                    a.responseChars(),
                    a.userStatusCode(),
                    a.publish(),
                    a.logLines(),
                    a.componentIds(),
                    a.triggerResults().size(),
                    a.activationId() == null,
                    a.namespace() == null,
                    a.name() == null,
                    a.path() == null,
                    document.oddFields());
        }
        return document.body() instanceof DocumentBody.Unreadable unreadable
                        && unreadable.reason().contains("entityType")
                ? List.of(document.deleted())
                : List.of(document.deleted(), document.body());
    }

    private static Document withoutPayloads(Document document) {
        DocumentBody body = document.body();
        if (body instanceof DocumentBody.Activation a) {
            body = new DocumentBody.Activation(
                    a.activationId(),
                    a.namespace(),
                    a.name(),
                    a.path(),
                    a.version(),
                    a.subject(),
                    a.entityType(),
                    a.startMs(),
                    a.endMs(),
                    a.durationMs(),
                    a.updatedMs(),
                    a.waitMs(),
                    a.initMs(),
                    a.kind(),
                    a.limits(),
                    a.timedOut(),
                    a.causedBy(),
                    a.cause(),
                    a.topmost(),
                    a.conductor(),
                    a.binding(),
                    a.statusCode(),
                    a.responseChars(),
                    null,
                    a.publish(),
                    null,
                    List.of(),
                    List.of());
        }
        // A payload that was odd is not any more.
        String odd = document.oddFields() == null
                ? null
                : String.join(
                        ",",
                        Stream.of(document.oddFields().split(","))
                                .filter(field -> !field.startsWith("logs"))
                                .toList());
        return new Document(
                document.incarnation(),
                document.updateSeq(),
                document.recordedAtMs(),
                document.id(),
                document.rev(),
                document.deleted(),
                document.text(),
                body,
                odd == null || odd.isEmpty() ? null : odd);
    }

    @ParameterizedTest
    @MethodSource("keeps")
    void keepsWhatIsNamed(Set<Keep> keep, String stays) {
        Redaction keeping = new Redaction(keep, new Pseudonyms(Salt.random()), new Originals(Vocabulary.words()));
        Document original = new DocumentParser()
                .parse(1, "7", 5, null, null, false, OddDocuments.full().getBytes(StandardCharsets.UTF_8));

        String text = new String(new DocumentRedactor(keeping).apply(original).text(), StandardCharsets.UTF_8);

        assertThat(text).contains(stays);
        assertThat(new String(new DocumentRedactor(redaction).apply(original).text(), StandardCharsets.UTF_8))
                .doesNotContain(stays);
    }

    static Stream<Arguments> keeps() {
        return Stream.of(
                Arguments.of(EnumSet.of(Keep.PAYLOADS), "{\"paid\":true}"),
                Arguments.of(EnumSet.of(Keep.LOGS), "stdout: invoice 17"),
                Arguments.of(EnumSet.of(Keep.NAMES), "acme/billing/makeInvoice"),
                Arguments.of(EnumSet.of(Keep.SUBJECTS), "acme-user"));
    }
}
