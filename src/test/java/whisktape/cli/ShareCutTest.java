package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.recording.Recording;

/** A part of a recording as one file. */
final class ShareCutTest {
    private static final Path SAMPLE = Path.of("recordings/sample");
    private static final String MIDDLE = "2026-11-23T09:46:00Z";

    @TempDir
    private Path temp;

    @Test
    void twoPartsHoldEachRowOnce() {
        Path before = shared("before", "--until", MIDDLE);
        Path after = shared("after", "--from", MIDDLE);

        String counts = "SELECT (SELECT count(*) FROM events), (SELECT count(*) FROM recorded_activations)";
        List<Long> whole = numbers(SAMPLE, counts);
        List<Long> first = numbers(before, counts);
        List<Long> second = numbers(after, counts);
        assertThat(first).allSatisfy(rows -> assertThat(rows).isGreaterThan(100));
        assertThat(first.get(0) + second.get(0)).isEqualTo(whole.get(0));
        assertThat(first.get(1) + second.get(1)).isEqualTo(whole.get(1));
    }

    @Test
    void offsetsStayAndChangesAreNumberedAnew() {
        Path part = shared("part", "--where", "action = 'guest/hello' AND status_code = 0");

        assertThat(numbers(part, "SELECT count(*), max(e.offset) FROM events e"))
                .isEqualTo(
                        numbers(
                                SAMPLE,
                                "SELECT count(*), max(e.offset) FROM events e WHERE action = 'guest/hello' AND status_code = 0"));
        assertThat(numbers(part, "SELECT min(change_number), max(change_number) - count(*) FROM recorded_activations"))
                .containsExactly(1L, 0L);
        assertThat(numbers(part, "SELECT count(*) FROM invocations WHERE found_in <> 'both'"))
                .containsExactly(0L);
    }

    @Test
    void saysThatItIsAPart() {
        Path part = shared("part", "--from", MIDDLE, "--where", "namespace = 'guest'");

        assertThat(Recording.open(part).manifest().labels())
                .containsEntry("cut", "from 2026-11-23T09:46:00.000Z where a condition holds");
    }

    /** Handed on it is still a part, also where the label would have gone as the user's own goes. */
    @Test
    void staysAPartWhenItIsSharedAgain() {
        Path part = shared("part", "--from", MIDDLE);
        String first = "from 2026-11-23T09:46:00.000Z";

        assertThat(labels(sharedOf(part, "again"))).containsEntry("cut", first);
        assertThat(labels(sharedOf(part, "smaller", "--until", "-10s")).get("cut"))
                .startsWith(first + "; until 2026-11-23T");
    }

    @Test
    void saysItBesideTheUsersOwnLabelOfThatName() {
        Path labelled = temp.resolve("labelled");
        CommandRun merged = CommandRun.of(
                "merge",
                shared("first", "--keep", "names", "--until", MIDDLE).toString(),
                shared("second", "--keep", "names", "--from", MIDDLE).toString(),
                "-o",
                labelled.toString(),
                "--label",
                "cut=by margarethe@example.com");
        assertThat(merged.exitCode()).as(merged.err()).isZero();

        assertThat(labels(sharedOf(labelled, "kept", "--keep", "labels", "--from", MIDDLE)))
                .containsEntry("cut", "by margarethe@example.com; from 2026-11-23T09:46:00.000Z");
        assertThat(labels(sharedOf(labelled, "gone", "--from", MIDDLE)))
                .containsEntry("cut", "from 2026-11-23T09:46:00.000Z");
    }

    @Test
    void refusesToShareNothing() {
        CommandRun run = share("none", "--from", "2030-01-01T00:00:00Z");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .isEqualTo("whisktape share: cannot share recordings/sample: no row of it is from"
                        + " 2030-01-01T00:00:00.000Z\n");
        assertThat(temp.toFile().list()).isEmpty();
    }

    @Test
    void refusesAConditionThatIsNone() {
        CommandRun run = share("none", "--where", "true) UNION SELECT (1");

        assertThat(run.exitCode()).isNotZero();
        assertThat(run.err()).startsWith("whisktape share: cannot run the query");
        assertThat(temp.toFile().list()).isEmpty();
    }

    private static Map<String, String> labels(Path folder) {
        return Recording.open(folder).manifest().labels();
    }

    private Path shared(String name, String... cut) {
        return sharedOf(SAMPLE, name, cut);
    }

    private Path sharedOf(Path recording, String name, String... cut) {
        CommandRun run = share(recording, name, cut);
        assertThat(run.exitCode()).as(run.err()).isZero();
        Path folder = temp.resolve(name);
        CommandRun imported =
                CommandRun.of("import", temp.resolve(name + ".zip").toString(), "-o", folder.toString());
        assertThat(imported.exitCode()).as(imported.err()).isZero();
        assertThat(CommandRun.of("verify", folder.toString()).exitCode()).isZero();
        assertThat(Files.exists(folder)).isTrue();
        return folder;
    }

    private CommandRun share(String name, String... cut) {
        return share(SAMPLE, name, cut);
    }

    private CommandRun share(Path recording, String name, String... cut) {
        List<String> args = new ArrayList<>(List.of(
                "share",
                recording.toString(),
                "-q",
                "-o",
                temp.resolve(name + ".zip").toString()));
        args.addAll(List.of(cut));
        return CommandRun.of(args.toArray(String[]::new));
    }

    private static List<Long> numbers(Path recording, String sql) {
        CommandRun run = CommandRun.of("analyze", recording.toString(), "--format", "csv", "--sql", sql);
        assertThat(run.exitCode()).as(run.err()).isZero();
        return List.of(run.out().lines().skip(1).findFirst().orElseThrow().split(",")).stream()
                .map(Long::valueOf)
                .toList();
    }
}
