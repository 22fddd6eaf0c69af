package whisktape.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import whisktape.WhisktapeException;

/**
 * Prometheus' rule files, as far as a test of them needs to know: their names. What the rules mean is promtool's business.
 *
 * @param paths the files
 * @param groups names of the groups, those that record series before those that only read them
 * @param alerts names of alerts, each once, in their order
 * @param records names of recording rules, likewise
 * @param words all that could be the name of a series in their expressions and templates
 */
public record RuleFiles(
        List<Path> paths, List<String> groups, List<String> alerts, List<String> records, Set<String> words) {
    private static final Pattern NOT_IN_A_NAME = Pattern.compile("[^a-zA-Z0-9_:]+");

    /** Reads them; throws {@link WhisktapeException} where one is no rule file. */
    public static RuleFiles read(List<Path> paths) {
        Set<String> recording = new LinkedHashSet<>();
        Set<String> reading = new LinkedHashSet<>();
        Set<String> alerts = new LinkedHashSet<>();
        Set<String> records = new LinkedHashSet<>();
        Set<String> words = new LinkedHashSet<>();
        for (Path path : paths) {
            for (Map<?, ?> group : groups(path)) {
                List<Map<?, ?>> rules = maps(group, "rules");
                boolean isRecording = rules.stream().anyMatch(rule -> rule.containsKey("record"));
                (isRecording ? recording : reading).add(String.valueOf(group.get("name")));
                for (Map<?, ?> rule : rules) {
                    if (rule.get("alert") != null) {
                        alerts.add(rule.get("alert").toString());
                    }
                    if (rule.get("record") != null) {
                        records.add(rule.get("record").toString());
                    }
                    words.addAll(words(rule.get("expr")));
                    templates(rule, "labels").forEach(text -> words.addAll(words(text)));
                    templates(rule, "annotations").forEach(text -> words.addAll(words(text)));
                }
            }
        }
        List<String> groups = new ArrayList<>(recording);
        reading.removeAll(recording);
        groups.addAll(reading);
        return new RuleFiles(
                List.copyOf(paths), List.copyOf(groups), List.copyOf(alerts), List.copyOf(records), Set.copyOf(words));
    }

    /** Whether an expression or a template has this series. */
    boolean mention(String name) {
        return words.contains(name);
    }

    private static List<String> words(Object text) {
        return List.of(NOT_IN_A_NAME.split(String.valueOf(text)));
    }

    /** Texts that may have queries of their own. */
    private static List<String> templates(Map<?, ?> rule, String key) {
        return rule.get(key) instanceof Map<?, ?> texts
                ? texts.values().stream()
                        .map(String::valueOf)
                        .filter(text -> text.contains("{{"))
                        .toList()
                : List.of();
    }

    private static List<Map<?, ?>> groups(Path path) {
        List<Map<?, ?>> groups;
        try {
            groups = maps(new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(path)), "groups");
        } catch (NoSuchFileException e) {
            throw WhisktapeException.refused("there is no rule file " + path + "; name one that is there", e);
        } catch (IOException e) {
            throw WhisktapeException.refused("cannot read the rule file " + path + ": " + e.getMessage(), e);
        } catch (YAMLException e) {
            throw WhisktapeException.refused(
                    "cannot read the rule file " + path + ": it is no YAML ("
                            + e.getMessage().lines().findFirst().orElse("") + "); promtool check rules " + path
                            + " says more",
                    e);
        }
        if (groups.stream().allMatch(group -> maps(group, "rules").isEmpty())) {
            throw WhisktapeException.refused("there are no rules in " + path + "; it takes a file with groups of rules,"
                    + " as Prometheus' rule_files names them");
        }
        return groups;
    }

    private static List<Map<?, ?>> maps(Object of, String key) {
        List<Map<?, ?>> maps = new ArrayList<>();
        if (of instanceof Map<?, ?> map && map.get(key) instanceof List<?> list) {
            for (Object each : list) {
                if (each instanceof Map<?, ?> one) {
                    maps.add(one);
                }
            }
        }
        return maps;
    }
}
