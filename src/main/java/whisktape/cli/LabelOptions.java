package whisktape.cli;

import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Option;

/** What the user says about a recording that is made. */
final class LabelOptions {
    @Option(names = "--label", paramLabel = "k=v", description = "Kept in the recording; may be repeated.")
    Map<String, String> labels = new TreeMap<>();

    @Option(names = "--note", paramLabel = "TEXT", description = "Kept in the recording.")
    String note;
}
