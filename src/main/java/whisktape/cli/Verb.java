package whisktape.cli;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The verbs, in the order in which help lists them. */
enum Verb {
    RECORD(RecordCommand.class),
    INFO(InfoCommand.class),
    VERIFY(VerifyCommand.class),
    ANALYZE(AnalyzeCommand.class),
    COMPARE(CompareCommand.class),
    REPLAY(ReplayCommand.class),
    SHARE(ShareCommand.class),
    MERGE(MergeCommand.class),
    EXPORT(ExportCommand.class),
    IMPORT(ImportCommand.class),
    DOCTOR(DoctorCommand.class),
    LAB(LabCommand.class),
    DEMO(DemoCommand.class),
    GENERATE_DOCS(GenerateDocsCommand.class);

    private final Class<?> command;

    Verb(Class<?> command) {
        this.command = command;
    }

    /**
     * The verbs that a command line can be about. To build the model of one takes some milliseconds and of all of them many, so
     * they are all built only for who did not begin with one, and for their documents.
     */
    static List<Verb> neededFor(String... args) {
        if (args.length == 0) {
            return List.of(values());
        }
        List<Verb> named =
                Stream.of(values()).filter(verb -> verb.word().equals(args[0])).toList();
        return named.isEmpty() || named.contains(GENERATE_DOCS) ? List.of(values()) : named;
    }

    /** As it is typed. */
    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    Class<?> command() {
        return command;
    }
}
