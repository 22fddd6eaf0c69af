package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.ShellCommand;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedKafka;

class DiskFullIT {
    @TempDir
    private Path temp;

    private Path disk;

    @BeforeEach
    void mountSmallDisk() throws Exception {
        disk = Files.createDirectory(temp.resolve("disk"));
        Real.require(
                "a disk of 4 MiB: mounting a tmpfs needs root",
                run("mount", "-t", "tmpfs", "-o", "size=4m", "whisktape-test", disk.toString()) == 0);
    }

    @AfterEach
    void unmountSmallDisk() throws Exception {
        run("umount", disk.toString());
    }

    @Test
    void saysThatTheDiskIsFullAndKeepsWhatIsSealed() throws Exception {
        Path folder = disk.resolve("recording");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(temp.resolve("broker"), 0)) {
            kafka.createTopic("events", 1, Map.of());
            try (Topic events = new Topic(kafka, "events")) {
                events.fill(0, 400_000);
            }
            CommandRun full = CommandRun.of(record(kafka, folder));
            assertThat(full.exitCode()).isEqualTo(1);
            assertThat(full.err())
                    .startsWith("whisktape record: cannot write the recording " + folder)
                    .contains("No space left on device", "what is sealed stays readable")
                    .hasLineCount(1);

            CommandRun sealed = CommandRun.of("verify", folder.toString());
            assertThat(sealed.exitCode()).as(sealed.out()).isZero();
            long rows = rows(folder);
            assertThat(rows).isBetween(1L, 399_999L);

            run("mount", "-o", "remount,size=64m", disk.toString());
            assertThat(CommandRun.of(record(kafka, folder)).exitCode()).isZero();
        }
        assertThat(rows(folder)).isEqualTo(400_000);
        assertThat(CommandRun.of("verify", folder.toString()).exitCode()).isZero();
    }

    /** What is asked of several recordings is kept on the disk. */
    @Test
    void saysThatTheTempFolderIsFull() throws Exception {
        run("mount", "-o", "remount,size=12k", disk.toString());

        ShellCommand.Result full = ShellCommand.of(
                        "env", "WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=" + disk, "./whisktape", "analyze", "recordings")
                .run();

        assertThat(full.exitCode()).isEqualTo(1);
        assertThat(full.err())
                .startsWith("whisktape analyze: cannot run the views: the temp folder is full (")
                .endsWith("; make room there, or name another by WHISKTAPE_JAVA_OPTS=-Djava.io.tmpdir=FOLDER\n");
        assertThat(disk).isEmptyDirectory();
    }

    private static String[] record(EmbeddedKafka kafka, Path folder) {
        return new String[] {
            "record",
            "--kafka",
            kafka.bootstrapServers(),
            "-o",
            folder.toString(),
            "--from",
            "earliest",
            "--resume",
            "--until-idle",
            "0ms",
            "--segment-max-bytes",
            "512KiB",
            "-q"
        };
    }

    private static long rows(Path folder) {
        return Long.parseLong(CommandRun.of(
                        "analyze", folder.toString(), "--format", "csv", "--sql", "select count(*) as rows from events")
                .out()
                .lines()
                .skip(1)
                .findFirst()
                .orElseThrow());
    }

    private static int run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(List.of(command)).start().waitFor();
    }
}
