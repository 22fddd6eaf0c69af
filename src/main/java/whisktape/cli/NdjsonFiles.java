package whisktape.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import whisktape.recording.Segment;
import whisktape.remote.Places;

/**
 * The files of lines that an option names: {@code FILE} for both tables, or {@code events=FILE} and {@code activations=FILE}.
 *
 * @param byTable by the table's name
 * @param isOne true if one file was named for both tables
 */
record NdjsonFiles(Map<String, Path> byTable, boolean isOne) {
    private static final Set<String> TABLES = Set.of(Segment.EVENTS, Segment.ACTIVATIONS);

    /** What stands behind the option, cut at the commas. */
    static NdjsonFiles parse(CommandLine command, String option, List<String> values) {
        if (values.size() == 1 && isFile(values.get(0))) {
            Path file = Places.of(values.get(0));
            return new NdjsonFiles(Map.of(Segment.EVENTS, file, Segment.ACTIVATIONS, file), true);
        }
        Map<String, Path> files = new TreeMap<>();
        for (String value : values) {
            int equals = value.indexOf('=');
            String table = equals < 0 ? value : value.substring(0, equals);
            if (equals < 0 || !TABLES.contains(table) || files.containsKey(table)) {
                throw new ParameterException(
                        command, option + " takes FILE, or events=FILE and activations=FILE, got " + values);
            }
            files.put(table, Places.of(value.substring(equals + 1)));
        }
        return new NdjsonFiles(files, false);
    }

    Optional<Path> of(String table) {
        return Optional.ofNullable(byTable.get(table));
    }

    private static boolean isFile(String value) {
        return !value.contains("=") || Files.exists(Places.of(value));
    }
}
