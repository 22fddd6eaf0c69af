package whisktape.sharing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import whisktape.Document;
import whisktape.DocumentBody;
import whisktape.Event;
import whisktape.EventBody;
import whisktape.recording.ActivationReader;
import whisktape.recording.EventReader;
import whisktape.recording.Recording;
import whisktape.recording.Segment;

/** What stands for which name, as a recording and its shared copy tell when they are read row by row. */
final class SharedNames {
    private final Map<String, String> names = new HashMap<>();

    /** Namespaces and the like alone; where they read as something else too, the first one is meant. */
    private final Map<String, String> parts = new HashMap<>();

    private SharedNames() {}

    static SharedNames of(Recording original, Recording shared) {
        SharedNames names = new SharedNames();
        for (int i = 0; i < original.segments().size(); i++) {
            Segment segment = original.segments().get(i);
            Segment redacted = shared.segments().get(i);
            if (segment.table().equals(Segment.EVENTS)) {
                names.addEvents(original.eventsOf(segment), shared.eventsOf(redacted));
            } else {
                names.addDocuments(original.activationsOf(segment), shared.activationsOf(redacted));
            }
        }
        names.parts.forEach(names.names::putIfAbsent);
        return names;
    }

    private void addEvents(EventReader original, EventReader shared) {
        try (original;
                shared) {
            while (original.hasNext()) {
                Event before = original.next();
                Event after = shared.next();
                add(before.envelope().namespace(), after.envelope().namespace());
                add(before.envelope().source(), after.envelope().source());
                if (before.body() instanceof EventBody.Activation a && after.body() instanceof EventBody.Activation b) {
                    addPath(a.action(), b.action());
                    add(a.kind(), b.kind());
                }
            }
        }
    }

    private void addDocuments(ActivationReader original, ActivationReader shared) {
        try (original;
                shared) {
            while (original.hasNext()) {
                Document before = original.next();
                Document after = shared.next();
                if (before.body() instanceof DocumentBody.Activation a
                        && after.body() instanceof DocumentBody.Activation b) {
                    add(a.namespace(), b.namespace());
                    addPath(a.path(), b.path());
                    addPath(a.namespace() + "/" + a.name(), b.namespace() + "/" + b.name());
                    add(a.kind(), b.kind());
                }
            }
        }
    }

    private void addPath(String before, String after) {
        add(before, after);
        if (before != null && before.contains("/")) {
            parts.putIfAbsent(before.substring(0, before.indexOf('/')), after.substring(0, after.indexOf('/')));
            parts.putIfAbsent(before.substring(before.indexOf('/') + 1), after.substring(after.indexOf('/') + 1));
            parts.putIfAbsent(
                    before.substring(before.lastIndexOf('/') + 1), after.substring(after.lastIndexOf('/') + 1));
        }
    }

    private void add(String before, String after) {
        if (before != null && !before.isEmpty()) {
            String known = names.putIfAbsent(before, after);
            if (known != null && !known.equals(after)) {
                throw new AssertionError(before + " is " + known + " and " + after);
            }
        }
    }

    int size() {
        return names.size();
    }

    /** A text of a report with the names that the shared recording has. */
    String in(String text) {
        Matcher name = pattern().matcher(text);
        StringBuilder renamed = new StringBuilder();
        while (name.find()) {
            name.appendReplacement(renamed, Matcher.quoteReplacement(names.get(name.group())));
        }
        return name.appendTail(renamed).toString();
    }

    private Pattern pattern;

    private Pattern pattern() {
        if (pattern == null) {
            Map<String, String> longestFirst = new LinkedHashMap<>();
            names.keySet().stream()
                    .sorted(Comparator.comparingInt(String::length).reversed())
                    .forEach(key -> longestFirst.put(key, key));
            pattern = Pattern.compile("(?<![\\w/-])("
                    + longestFirst.keySet().stream().map(Pattern::quote).collect(Collectors.joining("|"))
                    + ")(?![\\w/-])");
        }
        return pattern;
    }
}
