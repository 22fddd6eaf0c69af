package whisktape.source;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import whisktape.DocumentBody;

/**
 * Reads {@code logs}: what the action printed, or the ids of a sequence's components, or what became of a trigger's rules.
 * Which of them it is the annotations say, and they may come later.
 */
final class LogReader {
    private static final int ID_LENGTH = 32;

    private final LenientJson json;

    /** Of its own: only at the end it is known whether an odd field in a line is one. */
    private final LenientJson ruleJson = new LenientJson();

    private final List<String> componentIds = new ArrayList<>();
    private final List<DocumentBody.TriggerResult> triggerResults = new ArrayList<>();

    Long lines;

    LogReader(LenientJson json) {
        this.json = json;
    }

    void reset() {
        lines = null;
        ruleJson.reset();
        componentIds.clear();
        triggerResults.clear();
    }

    /** Those lines that are activation ids, in order. */
    List<String> componentIds() {
        return List.copyOf(componentIds);
    }

    /** One for each line, if each tells of a rule; else none. */
    List<DocumentBody.TriggerResult> triggerResults() {
        if (!triggerResults.isEmpty()) {
            json.addOddFieldsOf(ruleJson);
        }
        return List.copyOf(triggerResults);
    }

    /**
     * Reads the current value.
     *
     * @param ofAction true if it is known to be what an action printed, which only is counted
     */
    void read(JsonParser in, boolean ofAction) throws IOException {
        reset();
        if (in.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (in.currentToken() != JsonToken.START_ARRAY) {
            json.odd(in, "logs");
            return;
        }
        long count = 0;
        boolean onlyRules = !ofAction;
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            count++;
            if (token != JsonToken.VALUE_STRING) {
                json.odd(in, "logs");
                onlyRules = false;
            } else if (!ofAction) {
                readComponentId(in);
                onlyRules = onlyRules && readTriggerResult(in);
            }
        }
        if (!onlyRules) {
            triggerResults.clear();
        }
        lines = count;
    }

    private void readComponentId(JsonParser in) throws IOException {
        if (in.getTextLength() != ID_LENGTH) {
            return;
        }
        String line = in.getText();
        if (line.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F')) {
            componentIds.add(line);
        }
    }

    private boolean readTriggerResult(JsonParser in) throws IOException {
        if (in.getTextLength() == 0 || in.getTextCharacters()[in.getTextOffset()] != '{') {
            return false;
        }
        try (JsonParser line = LenientJson.open(in.getText())) {
            line.nextToken();
            DocumentBody.TriggerResult result = triggerResult(line);
            triggerResults.add(result);
            return result.rule() != null && line.nextToken() == null;
        } catch (JsonProcessingException e) {
            // Then it is a line like any other.
            return false;
        }
    }

    private DocumentBody.TriggerResult triggerResult(JsonParser in) throws IOException {
        String rule = null;
        String action = null;
        String activationId = null;
        Long statusCode = null;
        Boolean success = null;
        String error = null;
        for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
            in.nextToken();
            switch (field) {
                case "rule" -> rule = ruleJson.text(in, "logs.rule");
                case "action" -> action = ruleJson.text(in, "logs.action");
                case "activationId" -> activationId = ruleJson.id(in, "logs.activationId");
                case "statusCode" -> statusCode = ruleJson.number(in, "logs.statusCode");
                case "success" -> success = ruleJson.flag(in, "logs.success");
                case "error" -> error = ruleJson.text(in, "logs.error");
                default -> in.skipChildren();
            }
        }
        return new DocumentBody.TriggerResult(rule, action, activationId, statusCode, success, error);
    }
}
