package whisktape.report;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.CharacterEscapes;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import whisktape.Gap;
import whisktape.Times;
import whisktape.statistics.Interval;

/**
 * A report as the JSON that stands inside of its page. It is plain ASCII without {@code <}, {@code >} and {@code &}, so that no name in it
 * can end the element around it.
 *
 * <p>Tables stand column by column, and each text of a column once, with rows naming it by its place: charts have tens of thousands of rows, and
 * names may be long.
 */
final class PageData {
    /** Longer than what people call things. */
    private static final int LONGEST_TEXT = 1_000;

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .characterEscapes(new MarkupEscapes())
            .highestNonEscapedChar(127)
            .build();

    private final JsonGenerator json;

    private PageData(JsonGenerator json) {
        this.json = json;
    }

    static void write(Writer out, Report report, List<Section> charts) throws IOException {
        try (JsonGenerator json = JSON.createGenerator(out)
                .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
                .enable(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN)) {
            new PageData(json).report(report, charts);
        }
    }

    private void report(Report report, List<Section> charts) throws IOException {
        json.writeStartObject();
        json.writeStringField("recording", text(report.recording()));
        json.writeStringField("tool", report.tool());
        json.writeFieldName("quality");
        quality(report.quality());
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            finding(finding);
        }
        json.writeEndArray();
        tables("sections", report.sections());
        tables("charts", charts);
        json.writeEndObject();
    }

    private void quality(Quality quality) throws IOException {
        json.writeStartObject();
        json.writeNumberField("rows", quality.rows());
        json.writeNumberField("base_set", quality.baseSet());
        counts("excluded", quality.excluded());
        counts("found_in", quality.foundIn());
        json.writeNumberField("duplicates", quality.duplicates());
        json.writeNumberField("unreadable", quality.unreadable());
        json.writeArrayFieldStart("gaps");
        for (Gap gap : quality.gaps()) {
            json.writeString(text(gap.what() + ": " + gap.reason()));
        }
        json.writeEndArray();
        json.writeStringField("from", quality.from().map(Times::format).orElse(null));
        json.writeStringField("until", quality.until().map(Times::format).orElse(null));
        json.writeNumberField("wait_ms", quality.waitMs());
        json.writeNumberField("init_ms", quality.initMs());
        json.writeNumberField("run_ms", quality.runMs());
        json.writeEndObject();
    }

    private void counts(String name, Map<String, Long> counts) throws IOException {
        json.writeObjectFieldStart(name);
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(text(count.getKey()), count.getValue());
        }
        json.writeEndObject();
    }

    private void finding(Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("id", text(finding.id()));
        json.writeStringField("claim", text(finding.claim()));
        json.writeNumberField("at_stake_ms", finding.atStakeMs());
        json.writeNumberField("share", finding.share());
        json.writeNumberField("n", finding.n());
        if (finding.ci95().isPresent()) {
            Interval interval = finding.ci95().get();
            json.writeArrayFieldStart("ci95");
            json.writeNumber(interval.low());
            json.writeNumber(interval.high());
            json.writeEndArray();
        }
        json.writeStringField("confidence", text(finding.confidence()));
        json.writeObjectFieldStart("subject");
        for (Map.Entry<String, String> part : finding.subject().entrySet()) {
            json.writeStringField(text(part.getKey()), text(part.getValue()));
        }
        json.writeEndObject();
        json.writeStringField("next", text(finding.next()));
        json.writeStringField("query", text(finding.query()));
        json.writeEndObject();
    }

    private void tables(String name, List<Section> sections) throws IOException {
        json.writeArrayFieldStart(name);
        for (Section section : sections) {
            table(section);
        }
        json.writeEndArray();
    }

    private void table(Section section) throws IOException {
        json.writeStartObject();
        json.writeStringField("query", text(section.query()));
        json.writeStringField(
                "report", section.header().report().map(PageData::text).orElse(null));
        json.writeStringField("report_title", text(section.header().reportTitle()));
        json.writeArrayFieldStart("illustrates");
        for (String report : section.header().charts()) {
            json.writeString(text(report));
        }
        json.writeEndArray();
        json.writeStringField("title", text(section.header().title()));
        json.writeStringField("answers", text(section.header().answers()));
        json.writeStringField("next", text(section.header().next()));
        json.writeNumberField("more", section.more());
        json.writeNumberField("rows", section.rows().size());
        json.writeArrayFieldStart("columns");
        for (int i = 0; i < section.columns().size(); i++) {
            column(section, i);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void column(Section section, int place) throws IOException {
        boolean isNumber = section.columns().get(place).isNumber();
        Map<String, Integer> texts = new LinkedHashMap<>();
        json.writeStartObject();
        json.writeStringField("name", text(section.columns().get(place).name()));
        json.writeArrayFieldStart("values");
        for (List<Object> row : section.rows()) {
            Object value = row.get(place);
            if (value == null) {
                json.writeNull();
            } else if (isNumber) {
                number(value);
            } else {
                json.writeNumber(texts.computeIfAbsent(asText(value), text -> texts.size()));
            }
        }
        json.writeEndArray();
        if (!isNumber) {
            json.writeArrayFieldStart("texts");
            for (String text : texts.keySet()) {
                json.writeString(text(text));
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    /** JSON has no infinity. */
    private void number(Object value) throws IOException {
        if (value instanceof Double fraction) {
            if (Double.isFinite(fraction)) {
                json.writeNumber(fraction);
            } else {
                json.writeNull();
            }
        } else {
            json.writeNumber(value instanceof BigDecimal exact ? exact : new BigDecimal(value.toString()));
        }
    }

    private static String asText(Object value) {
        if (value instanceof Instant time) {
            return Times.format(time);
        }
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : value.toString();
    }

    private static String text(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** What begins and ends markup is written as JSON may write any character. */
    private static final class MarkupEscapes extends CharacterEscapes {
        private static final long serialVersionUID = 1;

        private static final int[] ASCII = standardAsciiEscapesForJSON();

        static {
            for (char c : "<>&".toCharArray()) {
                ASCII[c] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return ASCII.clone();
        }

        @Override
        public SerializableString getEscapeSequence(int c) {
            throw new IllegalStateException("no character has a sequence of its own, and " + c + " asks for one");
        }
    }
}
