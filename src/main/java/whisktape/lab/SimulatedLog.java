package whisktape.lab;

import static whisktape.lab.SimulationText.encode;
import static whisktape.lab.SimulationText.quote;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** What actions write: lines with the time in nanoseconds, and what the platform adds where a process came to a bad end. */
final class SimulatedLog {
    private static final DateTimeFormatter NANOSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.nnnnnnnnn'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] COMMA = encode(",");

    /** Adds the lines of a call, without the brackets around them. */
    void addTo(SimulationText text, SimulatedCall call, long updatedMs) {
        int lines = call.neverRan() ? 0 : call.callee.code.answer().logLines();
        for (int i = 0; i < lines; i++) {
            if (i > 0) {
                text.add(COMMA);
            }
            text.add(line(call.endMs, "stdout: line " + i + " of what the action has to say"));
        }
        if (call.timedOut || call.crashed) {
            if (lines > 0) {
                text.add(COMMA);
            }
            text.add(line(
                    updatedMs, "stderr: The action did not initialize or run as expected. Log data might be missing."));
        }
    }

    private static byte[] line(long timeMs, String rest) {
        return encode(quote(NANOSECONDS.format(Instant.ofEpochMilli(timeMs)) + " " + rest));
    }
}
