package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.OddDocuments;

class DocumentParserTest {
    private final DocumentParser parser = new DocumentParser();
    private final DocumentParser withoutPayloads = new DocumentParser(false);

    @Test
    void readsEveryFieldOfAnActivation() {
        Document document = parse(OddDocuments.full());

        assertThat(document.id()).isEqualTo("acme/5f0c2b7a91d44e0f8c2b7a91d43e0f11");
        assertThat(document.rev()).isEqualTo("1-9c41");
        assertThat(document.deleted()).isFalse();
        assertThat(document.oddFields()).isNull();
        assertThat(document.body())
                .isEqualTo(new DocumentBody.Activation(
                        "5f0c2b7a91d44e0f8c2b7a91d43e0f11",
                        "acme",
                        "makeInvoice",
                        "acme/billing/makeInvoice",
                        "0.0.7",
                        "acme-user",
                        "activation",
                        1759999999680L,
                        1760000000092L,
                        412L,
                        1760000000119L,
                        37L,
                        289L,
                        "nodejs:20",
                        new DocumentBody.Limits(60000L, 256L, 10L, 1L, 5L),
                        false,
                        "sequence",
                        "0b7d5e62c3f84a19bd5e62c3f8ea1907",
                        null,
                        null,
                        "acme/bound",
                        0L,
                        118L,
                        null,
                        false,
                        1L,
                        List.of(),
                        List.of()));
    }

    @Test
    void takesFromTheRowWhatTheRowSays() {
        byte[] text = bytes(OddDocuments.full());

        Document document = parser.parse(2, "17-g1AA", 1_000, "other/id", "2-b", true, text);

        assertThat(document.incarnation()).isEqualTo(2);
        assertThat(document.updateSeq()).isEqualTo("17-g1AA");
        assertThat(document.recordedAtMs()).isEqualTo(1_000);
        assertThat(document.id()).isEqualTo("other/id");
        assertThat(document.rev()).isEqualTo("2-b");
        assertThat(document.deleted()).isTrue();
        assertThat(document.text()).isSameAs(text);
        assertThat(document.body()).isInstanceOf(DocumentBody.Activation.class);
    }

    @Test
    void forgetsTheDocumentBefore() {
        parser.parse(1, "1", 0, "a", "b", true, bytes(OddDocuments.with("\"duration\":412", "\"duration\":\"x\"")));

        Document document = parse("{\"activationId\":\"5f0c2b7a91d44e0f8c2b7a91d43e0f11\"}");

        assertThat(document)
                .usingRecursiveComparison()
                .isEqualTo(new Document(
                        1,
                        null,
                        0,
                        null,
                        null,
                        false,
                        bytes("{\"activationId\":\"5f0c2b7a91d44e0f8c2b7a91d43e0f11\"}"),
                        new DocumentBody.Activation(
                                "5f0c2b7a91d44e0f8c2b7a91d43e0f11",
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                DocumentBody.Limits.ABSENT,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                List.of(),
                                List.of()),
                        null));
    }

    @Test
    void listsTheComponentsOfASequence() {
        DocumentBody.Activation sequence = sample("inner-sequence");

        assertThat(sequence.componentIds())
                .containsExactly(
                        "bcffa112508f4d8fbfa112508f8d8fe4",
                        "505f249f9809448b9f249f9809c48bb4",
                        "c5c88915f7354032888915f7350032ee");
        assertThat(sequence.logLines()).isEqualTo(3);
        assertThat(sequence.topmost()).isFalse();
        assertThat(sequence.causedBy()).isEqualTo("sequence");
        assertThat(sequence.cause()).isEqualTo("906c293b24944555ac293b2494f55560");
        assertThat(sequence.initMs()).isNull();
        assertThat(sequence.timedOut()).isNull();
    }

    @Test
    void listsTheComponentsOfASequenceWhoseAnnotationsComeLast() {
        DocumentBody.Activation sequence = activation("""
                {"activationId":"66952c6fe0a64451952c6fe0a6b4518e","logs":["cb582d80694f482f982d80694f782fe6","no id"],\
                "annotations":[{"key":"kind","value":"sequence"}]}""");

        assertThat(sequence.componentIds()).containsExactly("cb582d80694f482f982d80694f782fe6");
        assertThat(sequence.logLines()).isEqualTo(2);
    }

    @Test
    void readsACompositionAsASequenceWithConductor() {
        DocumentBody.Activation composition = sample("composition");

        assertThat(composition.kind()).isEqualTo("sequence");
        assertThat(composition.conductor()).isTrue();
        assertThat(composition.topmost()).isTrue();
        assertThat(composition.componentIds())
                .hasSize(Math.toIntExact(composition.logLines()))
                .isNotEmpty();
    }

    @Test
    void readsASequenceThatWasInterrupted() {
        DocumentBody.Activation sequence = sample("sequence-interrupted");

        assertThat(sequence.statusCode()).isEqualTo(3);
        assertThat(sequence.limits()).isEqualTo(DocumentBody.Limits.ABSENT);
        assertThat(sequence.componentIds()).isEmpty();
        assertThat(sequence.responseChars()).isNull();
    }

    @Test
    void saysWhatBecameOfATriggersRules() {
        DocumentBody.Activation trigger = sample("trigger-with-refusal");

        assertThat(trigger.endMs()).isZero();
        assertThat(trigger.durationMs()).isNull();
        assertThat(trigger.path()).isNull();
        assertThat(trigger.triggerResults())
                .containsExactly(
                        new DocumentBody.TriggerResult(
                                "acme/every-hour",
                                "acme/makeInvoice",
                                null,
                                1L,
                                false,
                                "Too many requests in the last minute (count: 61, allowed: 60)."),
                        new DocumentBody.TriggerResult(
                                "acme/also", "acme/report", "418ab7516da04be38ab7516da00be3a3", 0L, true, null));
        assertThat(sample("trigger").triggerResults()).hasSize(2);
    }

    @Test
    void takesNoActionsLinesForRules() {
        Document document = parse(OddDocuments.with(
                "2025-10-09T08:53:19.990000000Z stdout: invoice 17", "{\\\"rule\\\":\\\"r\\\",\\\"success\\\":7}"));

        assertThat(((DocumentBody.Activation) document.body()).triggerResults()).isEmpty();
        assertThat(document.oddFields()).isNull();
    }

    @Test
    void tellsAnInitialisationOfNoTimeFromNone() {
        assertThat(activation(OddDocuments.with("289", "0")).initMs()).isZero();
        assertThat(sample("action-warm").initMs()).isNull();
    }

    @Test
    void readsTheOtherShapesOfActions() {
        assertThat(sample("action-cold-with-logs"))
                .extracting(
                        DocumentBody.Activation::initMs,
                        DocumentBody.Activation::waitMs,
                        DocumentBody.Activation::logLines)
                .containsExactly(449L, 961L, 1L);
        assertThat(sample("action-through-binding").binding()).isEqualTo("team-alpha/tools");
        assertThat(sample("timeout").timedOut()).isTrue();
        assertThat(sample("queue-drop").waitMs()).isNull();
        assertThat(sample("queue-drop").limits().instances()).isEqualTo(3);
        assertThat(sample("fallback").kind()).isEqualTo("unknown");
        assertThat(sample("array-result").userStatusCode()).isNull();
        assertThat(sample("web-action").userStatusCode()).isEqualTo(200);
        assertThat(sample("before-2018").entityType()).isNull();
    }

    @Test
    void readsWhatTheRestInterfaceLists() {
        DocumentBody.Activation record = sample("rest-record");
        assertThat(record.statusCode()).isEqualTo(2);
        assertThat(record.userStatusCode()).isEqualTo(404);

        assertThat(sample("rest-summary").statusCode()).isEqualTo(1);
    }

    @Test
    void readsWhatElasticsearchHolds() {
        DocumentBody.Activation activation = sample("elasticsearch");

        assertThat(activation.path()).isEqualTo("acme/billing/makeInvoice");
        assertThat(activation.limits()).isEqualTo(new DocumentBody.Limits(60000L, 256L, 10L, 1L, null));
        assertThat(activation.initMs()).isEqualTo(289);
        assertThat(activation.causedBy()).isEqualTo("sequence");
        assertThat(activation.userStatusCode()).isEqualTo(418);
    }

    @Test
    void agreesWithATreeOnEverySample() throws Exception {
        for (String name : Set.of(
                "action-warm",
                "action-cold-with-logs",
                "action-in-sequence",
                "action-through-binding",
                "application-error",
                "timeout",
                "array-result",
                "sequence",
                "inner-sequence",
                "composition",
                "sequence-interrupted",
                "trigger",
                "web-action")) {
            JsonNode tree = new ObjectMapper().readTree(OddDocuments.sample(name));
            ObjectNode annotations = new ObjectMapper().createObjectNode();
            tree.get("annotations")
                    .forEach(annotation -> annotations.set(annotation.get("key").asText(), annotation.get("value")));
            DocumentBody.Activation activation = sample(name);

            assertThat(activation.startMs())
                    .as(name)
                    .isEqualTo(tree.get("start").asLong());
            assertThat(activation.endMs()).as(name).isEqualTo(tree.get("end").asLong());
            assertThat(activation.updatedMs())
                    .as(name)
                    .isEqualTo(tree.get("updated").asLong());
            assertThat(activation.durationMs()).as(name).isEqualTo(number(tree.get("duration")));
            assertThat(activation.waitMs()).as(name).isEqualTo(number(annotations.get("waitTime")));
            assertThat(activation.initMs()).as(name).isEqualTo(number(annotations.get("initTime")));
            assertThat(activation.limits().memoryMb()).as(name).isEqualTo(number(annotations.at("/limits/memory")));
            assertThat(activation.statusCode()).as(name).isEqualTo(number(tree.at("/response/statusCode")));
            assertThat(activation.responseChars()).as(name).isEqualTo(number(tree.at("/response/size")));
            assertThat(activation.logLines())
                    .as(name)
                    .isEqualTo(tree.get("logs").size());
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\u0001',
            nullValues = "-",
            value = {
                "{\"statusCode\":201}                                    | 201",
                "{\"error\":{\"statusCode\":404},\"statusCode\":201}      | 404",
                "{\"statusCode\":201,\"error\":{\"statusCode\":404}}      | 404",
                "{\"error\":{\"message\":\"x\"},\"statusCode\":201}       | 201",
                "{\"error\":\"x\",\"statusCode\":502}                     | 502",
                "{\"error\":{\"statusCode\":404},\"error\":\"x\"}         | -",
                "{\"statusCode\":\"202\"}                                | 202",
                "{\"statusCode\":\"soon\"}                               | 400",
                "{\"statusCode\":200.5}                                  | 400",
                "{\"statusCode\":null}                                   | 400",
                "{\"statusCode\":{\"statusCode\":1}}                      | 400",
                "{\"body\":{\"statusCode\":201}}                          | -",
                "[{\"statusCode\":201}]                                  | -",
                "\"{\\\"statusCode\\\":201}\"                             | -",
                "{}                                                      | -"
            })
    void readsTheActionsOwnStatusCodeAsOpenWhiskDoes(String result, Long expected) {
        assertThat(activation(OddDocuments.with("{\"paid\":true}", result)).userStatusCode())
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "number as text                 | duration",
                "number beyond long             | duration",
                "fraction                       | start",
                "whole fraction                 | start",
                "start is an object             | start",
                "null fields                    | -",
                "name is a list                 | name",
                "flag as text                   | publish",
                "key twice                      | -",
                "attachments                    | -",
                "byte order mark                | -",
                "annotation with value first    | -",
                "annotation is a number         | annotations",
                "annotations are a text         | annotations",
                "annotations are null           | -",
                "limits are a list              | limits",
                "limits as texts                | limits.memory",
                "response is a text             | response",
                "logs are a text                | logs",
                "logs hold numbers              | logs",
                "logs are null                  | -",
                "logs hold JSON                 | -",
                "activation id is a number      | activationId",
            })
    void typesWhatItCanAndNamesWhatIsOdd(String name, String odd) {
        Document document = parse(OddDocuments.all().get(name));

        assertThat(document.body()).isInstanceOf(DocumentBody.Activation.class);
        assertThat(((DocumentBody.Activation) document.body()).subject()).isEqualTo("acme-user");
        assertThat(document.oddFields()).isEqualTo(odd);
    }

    @Test
    void findsTheValueOfAnAnnotationBeforeItsKey() {
        assertThat(activation(OddDocuments.all().get("annotation with value first"))
                        .initMs())
                .isEqualTo(289);
        assertThat(activation("""
                {"activationId":"a","annotations":[{"value":{"memory":512,"more":[{}]},"key":"limits"}]}""").limits().memoryMb()).isEqualTo(512);
        assertThat(activation("""
                {"activationId":"a","annotations":[{"value":"é\\"}","key":"path"}]}""").path()).isEqualTo("é\"}");
        assertThat(activation(OddDocuments.all().get("annotation twice")).initMs())
                .isEqualTo(289);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "empty                        | only white space",
                "white space                  | only white space",
                "no JSON                      | not JSON at byte 0",
                "truncated                    | not JSON at byte 400",
                "null                         | not a JSON object",
                "list                         | not a JSON object",
                "open list                    | not JSON at byte 1",
                "text                         | not a JSON object",
                "two objects                  | more text behind the JSON object",
                "empty object                 | not an activation: no activationId",
                "action                       | not an activation: entityType is action",
                "raw NUL                      | not JSON at byte",
                "invalid UTF-8                | not UTF-8",
                "half a surrogate in bytes    | not UTF-8",
                "UTF-16                       | not UTF-8",
                "binary                       | not UTF-8",
                "deep nesting                 | not a JSON object",
                "long entity type             | not an activation: entityType is xxx",
            })
    void saysWhyItCannotReadADocument(String name, String reason) {
        Document document = parse(OddDocuments.all().get(name));

        assertThat(document.body()).isInstanceOf(DocumentBody.Unreadable.class);
        assertThat(((DocumentBody.Unreadable) document.body()).reason())
                .startsWith(reason)
                .hasSizeLessThan(120);
    }

    @Test
    void keepsTheTextOfWhatIsNoUtf8Readable() {
        byte[] text = parse(OddDocuments.all().get("invalid UTF-8")).text();

        assertThat(new String(text, StandardCharsets.UTF_8)).contains("\"subject\":\"\ufffdcme-user\"");
    }

    @Test
    void stopsAtNothing() {
        assertThat(OddDocuments.all()).hasSizeGreaterThanOrEqualTo(50);
        OddDocuments.all().forEach((name, odd) -> {
            for (DocumentParser any : List.of(parser, withoutPayloads)) {
                Document document = any.parse(1, null, 0, null, null, false, odd);
                boolean isUnreadable = OddDocuments.unreadableNames().contains(name);
                assertThat(document.body())
                        .as(name)
                        .isInstanceOf(isUnreadable ? DocumentBody.Unreadable.class : DocumentBody.Activation.class);
                if (document.body() instanceof DocumentBody.Unreadable unreadable) {
                    assertThat(unreadable.reason()).as(name).isNotBlank().doesNotStartWith("parser failed");
                }
            }
        });
    }

    @Test
    void knowsDesignDocumentsByTheirName() {
        assertThat(parse(OddDocuments.sample("design")).body()).isEqualTo(new DocumentBody.Design());
        assertThat(parser.parse(1, null, 0, "_design/x", null, true, null).body())
                .isEqualTo(new DocumentBody.Design());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"_id\":\"acme/1\",\"_rev\":\"2-a\",\"_deleted\":true}",
                "{\"_id\":\"acme/1\",\"_rev\":\"2-a\",\"_deleted\":true,\"_revisions\":{\"start\":2}}"
            })
    void knowsATombstone(String text) {
        Document document = parse(text);

        assertThat(document.body()).isEqualTo(new DocumentBody.Tombstone());
        assertThat(document.deleted()).isTrue();
        assertThat(document.id()).isEqualTo("acme/1");
    }

    @Test
    void readsAnActivationThatWasDeletedAndKeptItsFields() {
        Document document = parse(OddDocuments.with("\"publish\":false", "\"_deleted\":true"));

        assertThat(document.deleted()).isTrue();
        assertThat(document.body()).isInstanceOf(DocumentBody.Activation.class);
    }

    @Test
    void readsRowsWithoutADocument() {
        assertThat(parser.parse(1, null, 0, "acme/1", "2-a", true, null).body())
                .isEqualTo(new DocumentBody.Tombstone());
        assertThat(parser.parse(1, null, 0, "acme/1", "1-a", false, null).body())
                .isEqualTo(new DocumentBody.Unreadable("no document in the row"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"paid\":true}",
                "[1,[2,{}]]",
                "\"paid\"",
                "\"a \\\\\\\" } ] é 😀\"",
                "17",
                "-1.5e3",
                "true",
                "null",
                "{ \"deep\" : [ ] }  ",
            })
    void cutsResultAndLogsAndNothingElse(String result) {
        String before = OddDocuments.with("{\"paid\":true}", result);
        String expected = OddDocuments.with(
                        "{\"paid\":true}",
                        "null"
                                + " "
                                        .repeat(result.length()
                                                - result.stripTrailing().length()))
                .replace("[\"2025-10-09T08:53:19.990000000Z stdout: invoice 17\"]", "[]");

        Document document = withoutPayloads.parse(1, null, 0, null, null, false, bytes(before));

        assertThat(new String(document.text(), StandardCharsets.UTF_8)).isEqualTo(expected);
        assertThat(((DocumentBody.Activation) document.body()).logLines()).isEqualTo(1);
    }

    @Test
    void typesWhatItCuts() {
        for (String name : List.of("web-action", "inner-sequence", "trigger", "elasticsearch", "rest-record")) {
            Document document = withoutPayloads.parse(1, null, 0, null, null, false, OddDocuments.sample(name));

            assertThat(document.body()).as(name).isEqualTo(sample(name));
            assertThat(document.text()).as(name).hasSizeLessThan(OddDocuments.sample(name).length);
        }
    }

    @Test
    void leavesNoPayloadInWhatIsOdd() {
        OddDocuments.all().forEach((name, odd) -> {
            byte[] text =
                    withoutPayloads.parse(1, null, 0, null, null, false, odd).text();
            if (text != null) {
                assertThat(new String(text, StandardCharsets.UTF_8)).as(name).doesNotContain("paid", "invoice 17");
            }
        });
    }

    private Document parse(String text) {
        return parse(bytes(text));
    }

    private Document parse(byte[] text) {
        return parser.parse(1, null, 0, null, null, false, text);
    }

    private DocumentBody.Activation activation(String text) {
        return activation(bytes(text));
    }

    private DocumentBody.Activation activation(byte[] text) {
        return (DocumentBody.Activation) parse(text).body();
    }

    private DocumentBody.Activation sample(String name) {
        return activation(OddDocuments.sample(name));
    }

    private static Long number(JsonNode node) {
        return node == null || !node.isNumber() ? null : (Long) node.asLong();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
