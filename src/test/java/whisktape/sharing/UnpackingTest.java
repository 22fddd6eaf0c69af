package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.sharing.ArchiveFixture.join;
import static whisktape.sharing.ArchiveFixture.little;
import static whisktape.sharing.ArchiveFixture.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import whisktape.cli.CommandRun;
import whisktape.recording.Recording;
import whisktape.recording.RecordingDraft;
import whisktape.sharing.ArchiveFixture.Entry;

/** Archives that are whole, and all that are not: each refused with one sentence, nothing written anywhere. */
class UnpackingTest {
    private static final int DAMAGED = 3;
    private static final int REFUSED = 2;

    @TempDir
    static Path shared;

    private static Recording recording;

    @TempDir
    Path temp;

    private Path file;
    private Path target;

    @BeforeAll
    static void record() {
        recording = ArchiveFixture.recording(shared.resolve("rec"));
    }

    @BeforeEach
    void name() throws IOException {
        Path folder = Files.createDirectory(temp.resolve("in"));
        file = folder.resolve("run1.zip");
        target = folder.resolve("run1");
        Files.writeString(temp.resolve("victim"), "mine");
    }

    @Test
    void makesTheSameRecording() throws IOException {
        Files.write(file, whole().sealed());

        CommandRun run = importFile();

        assertThat(run)
                .isEqualTo(new CommandRun(
                        0, "imported 40 events and 20 activations into " + target + ", every check passed\n", ""));
        assertThat(filesIn(target)).isEqualTo(filesIn(recording.folder()));
        assertThat(filesIn(temp))
                .containsOnlyKeys(Stream.concat(
                                Stream.of("victim", "in/run1.zip"),
                                filesIn(recording.folder()).keySet().stream().map(name -> "in/run1/" + name))
                        .toArray(String[]::new));
        assertThat(CommandRun.of("verify", target.toString()).exitCode()).isZero();
    }

    @Test
    void takesAManifestThatIsCompressed() throws IOException {
        ArchiveFixture archive = whole();
        archive.manifest().deflate();
        Files.write(file, archive.sealed());

        assertThat(importFile().exitCode()).isZero();
    }

    /** In small: the fields are the same. */
    @Test
    void takesAnArchiveAsItIsBeyond4GiB() throws IOException {
        ArchiveFixture archive = whole();
        archive.isLarge = true;
        int first = 30 + archive.manifest().name.length + archive.manifest().bytes.length;
        archive.entry(1).beyond4GiB(first);
        Files.write(file, archive.sealed());

        assertThat(importFile())
                .extracting(CommandRun::exitCode, CommandRun::err)
                .containsExactly(0, "");

        archive.entry(1).beyond4GiB(first + 1L);
        Files.write(file, archive.sealed());
        assertThat(CommandRun.of(
                                "import",
                                file.toString(),
                                "-o",
                                temp.resolve("other").toString())
                        .err())
                .contains("is not where the entry before it ends");
    }

    /** As a JDK writes it: UTF-8 marked, lengths behind the data where it is compressed. */
    @Test
    void takesWhatAnotherWriterOfZipsMakes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.setComment(ArchiveSeal.text("0".repeat(64)));
            for (Entry entry : whole().entries) {
                ZipEntry next = new ZipEntry(new String(entry.name, StandardCharsets.US_ASCII));
                next.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
                if (entry != whole().manifest() && next.getName().endsWith(".parquet")) {
                    CRC32 crc = new CRC32();
                    crc.update(entry.bytes);
                    next.setMethod(ZipEntry.STORED);
                    next.setSize(entry.bytes.length);
                    next.setCrc(crc.getValue());
                }
                zip.putNextEntry(next);
                zip.write(entry.bytes);
            }
        }
        byte[] unsealed = bytes.toByteArray();
        Files.write(file, seal(Arrays.copyOf(unsealed, unsealed.length - ArchiveSeal.TEXT_BYTES)));

        assertThat(importFile())
                .extracting(CommandRun::exitCode, CommandRun::err)
                .containsExactly(0, "");
    }

    @Test
    void aGapThatTheRecordingTellsOfIsNoDamage() throws IOException {
        ArchiveFixture archive = whole().inManifest(
                        "\"gaps\" : [ ]",
                        "\"gaps\" : [ {\"table\":\"events\",\"incarnation\":1,\"partition\":5,\"from_offset\":0,"
                                + "\"until_offset\":9,\"reason\":\"deleted by retention\"} ]");
        Files.write(file, archive.sealed());

        assertThat(importFile().exitCode()).isZero();
        assertThat(CommandRun.of("verify", target.toString()).exitCode()).isEqualTo(DAMAGED);
    }

    /**
     * A hostile or damaged archive.
     *
     * @param exitCode that it is refused with
     * @param reason a part of the sentence
     */
    private record Hostile(String what, int exitCode, String reason, byte[] bytes) {
        @Override
        public String toString() {
            return what;
        }
    }

    private interface Change {
        void in(ArchiveFixture archive) throws IOException;
    }

    private static final List<Hostile> ALL = new ArrayList<>();

    static List<Hostile> hostile() throws IOException {
        if (recording == null) {
            record();
        }
        ALL.clear();
        names();
        layouts();
        lengths();
        manifests();
        segments();
        ends();
        return ALL;
    }

    private static void names() throws IOException {
        for (String name : List.of(
                "../../victim",
                "../victim",
                "events/../../victim",
                "/etc/cron.d/x",
                "//host/share/x",
                "C:/windows/x",
                "events\\..\\..\\victim",
                "events/./x.parquet",
                "events//x.parquet",
                "events/x.parquet.",
                "EVENTS/X.PARQUET",
                "events/con.parquet",
                "events/x.parquet:stream",
                "~/x",
                "events/")) {
            add(
                    "an entry named " + name,
                    DAMAGED,
                    "it has " + name + " where its manifest lists events/",
                    archive -> archive.entry(1).rename(name));
        }
        for (String name :
                List.of("events/x\0.parquet", "events/\u001b[31m.parquet", "events/caf\u00e9.parquet", "e v", "")) {
            add(
                    "an entry named '" + name.replaceAll("[^ -~]", "?") + "'",
                    DAMAGED,
                    "it has an entry with the impossible name '",
                    archive -> archive.entry(1).rename(name));
        }
        add(
                "a name of 60,000 bytes",
                DAMAGED,
                "whose name is 60000 bytes long",
                archive -> archive.entry(1).rename("x".repeat(60_000)));
        add(
                "a name that ends at a NUL for some",
                DAMAGED,
                "impossible name",
                archive -> archive.entry(1).rename(recording.segments().get(0).file() + "\0/../../x"));
        add(
                "the case of a name changed",
                DAMAGED,
                "where its manifest lists",
                archive -> archive.entry(1)
                        .rename(recording.segments().get(0).file().replace("events-", "Events-")));
        add("two names for one entry", DAMAGED, "has another name in the directory", archive -> {
            archive.entry(1).localName = archive.entry(1).name.clone();
            archive.entry(1).localName[0] = 'E';
        });
        add(
                "one file twice",
                DAMAGED,
                "where its manifest lists",
                archive -> archive.entries.add(2, new Entry(archive.entry(1).name, archive.entry(1).bytes)));
        add(
                "one file twice at the end",
                DAMAGED,
                "which its manifest does not list",
                archive -> archive.entries.add(new Entry(archive.entry(1).name, archive.entry(1).bytes)));
        add(
                "two manifests",
                DAMAGED,
                "it has recording.json where its manifest lists",
                archive -> archive.entries.add(1, new Entry("recording.json", archive.manifest().bytes)));
        add(
                "a file more",
                DAMAGED,
                "it has .lock, which its manifest does not list",
                archive -> archive.entries.add(new Entry(".lock", new byte[0])));
        add("a file less", DAMAGED, "it lacks activations/", archive -> archive.entries.remove(3));
        add(
                "files in another order",
                DAMAGED,
                "where its manifest lists",
                archive -> archive.entries.add(archive.entries.remove(1)));
        add(
                "no manifest first",
                DAMAGED,
                "it does not begin with recording.json",
                archive -> archive.entries.add(archive.entries.remove(0)));
        add("nothing", DAMAGED, "it does not begin with recording.json", archive -> archive.entries.clear());
        add("100,000 entries", DAMAGED, "it says to be large, and has no large directory", archive -> {
            for (int i = 0; i < 100_000; i++) {
                archive.entries.add(new Entry("events/" + i + ".parquet", new byte[0]));
            }
            archive.countInEnd = 0xffff;
        });
        add("30,000 entries", DAMAGED, "it has events/0.parquet, which its manifest does not list", archive -> {
            for (int i = 0; i < 30_000; i++) {
                archive.entries.add(new Entry("events/" + i + ".parquet", new byte[0]));
            }
        });
        add(
                "a folder",
                DAMAGED,
                "it has events/ where its manifest lists",
                archive -> archive.entries.add(1, new Entry("events/", new byte[0])));
    }

    private static void layouts() throws IOException {
        add("a symbolic link", DAMAGED, "is a link, or no file", archive -> archive.entry(1).attributes = 0xa1ff0000);
        add("a device", DAMAGED, "is a link, or no file", archive -> archive.entry(1).attributes = 0x21b60000);
        add(
                "a folder by its attributes",
                DAMAGED,
                "is a link, or no file",
                archive -> archive.entry(1).attributes = 0x10);
        add("encrypted", DAMAGED, "is encrypted", archive -> archive.entry(1).flags = 1);
        add(
                "packed in an unusual way",
                DAMAGED,
                "is packed in an unusual way",
                archive -> archive.entry(1).method = 12);
        add(
                "a segment that is compressed",
                DAMAGED,
                "is compressed, and segments are not",
                archive -> archive.entry(1).deflate());
        add("extra fields", DAMAGED, "has extra fields", archive -> archive.entry(1).extra = new byte[] {1, 0, 0, 0});
        add(
                "extra fields locally",
                DAMAGED,
                "says something else than the directory does",
                archive -> archive.entry(1).localExtra = new byte[] {1, 0, 0, 0});
        add("a place in an extra field", DAMAGED, "has extra fields", archive -> {
            archive.entry(1).extra = little(12)
                    .putShort((short) 1)
                    .putShort((short) 8)
                    .putLong(0)
                    .array();
        });
        add("a comment on an entry", DAMAGED, "has a comment", archive -> archive.entry(1).comment = new byte[] {'x'});
        add("overlapping entries", DAMAGED, "is not where the entry before it ends", archive -> {
            archive.entry(2).offset = 0;
        });
        add("many entries over the same bytes", DAMAGED, "is not where the entry before it ends", archive -> {
            archive.entry(1).isOnlyInDirectory = true;
            archive.entry(1).offset = 0;
        });
        add("an entry that the directory does not know", DAMAGED, "is not where the entry before it ends", archive -> {
            Entry hidden = new Entry("events/hidden.parquet", new byte[100]);
            hidden.isOnlyLocal = true;
            archive.entries.add(1, hidden);
        });
        add(
                "a program before the archive",
                DAMAGED,
                "recording.json is not where the entry before it ends",
                archive -> archive.beforeFirst = "#!/bin/sh\nrm -rf /\n".getBytes(StandardCharsets.US_ASCII));
        add(
                "a program before an archive that does not say so",
                DAMAGED,
                "its directory is not where it says",
                archive -> {
                    archive.directoryFromInEnd = archive.bytes().length;
                    archive.beforeFirst = new byte[100];
                });
        add(
                "something before the directory",
                DAMAGED,
                "something stands before its directory",
                archive -> archive.beforeDirectory = new byte[10]);
        add(
                "something behind the directory",
                DAMAGED,
                "its directory is not where it says",
                archive -> archive.beforeEnd = new byte[10]);
        add(
                "a wrong number of entries",
                DAMAGED,
                "it has 4 entries and speaks of 3",
                archive -> archive.countInEnd = 3);
        add(
                "a large archive without its directory",
                DAMAGED,
                "has no large directory",
                archive -> archive.directoryFromInEnd = 0xffffffff);
        add(
                "other flags locally",
                DAMAGED,
                "says something else than the directory does",
                archive -> archive.entry(1).localFlags = 1 << 11);
        add(
                "another method locally",
                DAMAGED,
                "says something else than the directory does",
                archive -> archive.entry(1).localMethod = 8);
        add("lengths behind what is not compressed", DAMAGED, "has two lengths", archive -> archive.entry(1).flags = 8);
        addRaw("an archive in an archive", DAMAGED, "it does not begin with recording.json", () -> {
            ArchiveFixture outer = new ArchiveFixture();
            outer.entries.add(new Entry("run1.zip", whole().sealed()));
            return outer.sealed();
        });
    }

    private static void lengths() throws IOException {
        add("a length that goes beyond the file", DAMAGED, "goes on into the directory", archive -> {
            archive.entry(3).packedSize = 1 << 30;
            archive.entry(3).size = 1 << 30;
            archive.entry(3).localSize = 1 << 30;
        });
        add("lengths of 4 GiB", DAMAGED, "goes on into the directory", archive -> {
            archive.entry(1).packedSize = -1;
            archive.entry(1).size = -1;
            archive.entry(1).localSize = -1;
        });
        add("another length than its own", DAMAGED, "has two lengths", archive -> archive.entry(1).size++);
        add(
                "another length locally",
                DAMAGED,
                "says something else than the directory does",
                archive -> archive.entry(1).localSize++);
        add(
                "another length than the manifest's",
                DAMAGED,
                "bytes; the manifest says",
                archive -> archive.entry(1)
                        .contents(Arrays.copyOf(archive.entry(1).bytes, archive.entry(1).bytes.length + 1)));
        add("a bomb of a manifest", DAMAGED, "recording.json has 1073741824 bytes", archive -> {
            archive.manifest().deflate();
            archive.manifest().size = 1 << 30;
            archive.manifest().localSize = 1 << 30;
        });
        add("a bomb that says to be small", DAMAGED, "recording.json has more bytes than it says", archive -> {
            archive.manifest().contents(new byte[200 << 20]);
            archive.manifest().deflate();
            archive.manifest().size = 1000;
            archive.manifest().localSize = 1000;
        });
        add("a bomb within what is allowed", DAMAGED, "is not a manifest", archive -> {
            archive.manifest().contents(new byte[60 << 20]);
            archive.manifest().deflate();
        });
        add("a manifest that is shorter than it says", DAMAGED, "has other lengths than it says", archive -> {
            archive.manifest().deflate();
            archive.manifest().size++;
            archive.manifest().localSize++;
        });
        add("a manifest whose compressed bytes end too early", DAMAGED, "its bytes end too early", archive -> {
            Entry manifest = archive.manifest().deflate();
            manifest.packed = Arrays.copyOf(manifest.packed, manifest.packed.length - 10);
            manifest.packedSize = manifest.packed.length;
        });
        add("compressed bytes with more behind them", DAMAGED, "has other lengths than it says", archive -> {
            Entry manifest = archive.manifest().deflate();
            manifest.packed = Arrays.copyOf(manifest.packed, manifest.packed.length + 10);
            manifest.packedSize = manifest.packed.length;
        });
        add(
                "bytes that no deflater wrote",
                DAMAGED,
                "recording.json is damaged: it cannot be uncompressed",
                archive -> {
                    Entry manifest = archive.manifest().deflate();
                    Arrays.fill(manifest.packed, (byte) 0xff);
                });
        add(
                "another checksum of zip's than the manifest's",
                DAMAGED,
                "its checksum differs",
                archive -> archive.manifest().crc++);
        add(
                "another checksum of zip's than a segment's",
                DAMAGED,
                "its checksum differs",
                archive -> archive.entry(2).crc++);
    }

    private static void manifests() throws IOException {
        addManifest("a newer format", REFUSED, "its format is 3", "\"format\" : 2", "\"format\" : 3");
        addManifest("format 0", DAMAGED, "its format is 0", "\"format\" : 2", "\"format\" : 0");
        addManifest("an older format than its segments", DAMAGED, "something else", "\"format\" : 2", "\"format\" : 1");
        addManifest("no format", DAMAGED, "it names no format", "\"format\" : 2", "\"formal\" : 1");
        addManifest("a path that leads out", DAMAGED, "a segment's file is", "\"events/", "\"events/../../");
        addManifest("a path from the root", DAMAGED, "a segment's file is", "\"events/", "\"/etc/");
        addManifest(
                "a topic that is a path",
                DAMAGED,
                "kafka has no topic, or",
                "\"topic\" : \"events\"",
                "\"topic\" : \"../x\"");
        addManifest(
                "a number of rows beyond all",
                DAMAGED,
                "the counts of",
                "\"rows\" : 20,",
                "\"rows\" : 9223372036854775807,");
        addManifest(
                "a number beyond 64 bits",
                DAMAGED,
                "is not a manifest",
                "\"rows\" : 20,",
                "\"rows\" : 1" + "0".repeat(900) + ",");
        addManifest(
                "another number of rows",
                DAMAGED,
                "has 20 rows; the manifest says 19",
                "\"rows\" : 20,",
                "\"rows\" : 19,");
        addManifest("other offsets", DAMAGED, "the counts of events/", "\"from_offset\" : 0,", "\"from_offset\" : 1,");
        addManifest(
                "other counts than the segment's own",
                DAMAGED,
                "says something else of itself",
                "\"metrics\" : 20",
                "\"metrics\" : 19");
        add("a manifest without its checksum's truth", DAMAGED, "recording.json is not what was written", archive -> {
            archive.manifest()
                    .text(new String(archive.manifest().bytes, StandardCharsets.UTF_8)
                            .replace("\"labels\" : { }", "\"labels\" : {  }"));
        });
        add(
                "no JSON",
                DAMAGED,
                "is not a manifest",
                archive -> archive.manifest().text("no JSON"));
        add(
                "an empty manifest",
                DAMAGED,
                "it is no JSON object",
                archive -> archive.manifest().text(""));
        add(
                "JSON without an end",
                DAMAGED,
                "is not a manifest",
                archive -> archive.manifest().text("{\"a\":".repeat(1_000_000)));
        add(
                "JSON that begins lists",
                DAMAGED,
                "is not a manifest",
                archive -> archive.manifest().text("[".repeat(1_000_000)));
        add("two JSON objects", DAMAGED, "is not a manifest", archive -> {
            archive.manifest().text(new String(archive.manifest().bytes, StandardCharsets.UTF_8).repeat(2));
        });
        add(
                "colours for the terminal",
                DAMAGED,
                "is not a manifest (Illegal character",
                archive -> archive.manifest().text("{\"format\":1,\"tool\":\u001b[31mred"));
    }

    private static void segments() throws IOException {
        add("a segment that was changed", DAMAGED, "is not what the manifest says: its checksum differs", archive -> {
            byte[] bytes = archive.entry(1).bytes.clone();
            bytes[100] ^= 1;
            archive.entry(1).contents(bytes);
        });
        add("no Parquet file", DAMAGED, "cannot be read", archive -> replaceSegment(archive, 1, new byte[100]));
        add(
                "a segment of another partition",
                DAMAGED,
                "partition",
                archive -> replaceSegment(archive, 1, archive.entry(2).bytes));
        add(
                "a segment of another table",
                DAMAGED,
                "it has no column partition",
                archive -> replaceSegment(archive, 1, archive.entry(3).bytes));
        add(
                "a segment that is cut",
                DAMAGED,
                "cannot be read",
                archive -> replaceSegment(
                        archive, 1, Arrays.copyOf(archive.entry(1).bytes, archive.entry(1).bytes.length - 9)));
    }

    private static void ends() throws IOException {
        byte[] whole = whole().sealed();
        for (int tenth = 0; tenth < 10; tenth++) {
            byte[] cut = Arrays.copyOf(whole, whole.length * tenth / 10);
            addRaw(
                    "cut after " + tenth + " tenths",
                    DAMAGED,
                    "no file that whisktape share wrote, or its end is cut off",
                    () -> cut);
            if (cut.length > 0) {
                addRaw(
                        "cut after " + tenth + " tenths and sealed",
                        DAMAGED,
                        "it has no directory where that should end",
                        () -> seal(cut));
            }
        }
        for (int at = 0; at < 20; at++) {
            byte[] flipped = whole.clone();
            flipped[(int) ((long) at * (whole.length - 1) / 19)] ^= 1 << at % 8;
            addRaw("a bit flipped at " + at + " twentieths", DAMAGED, "", () -> flipped);
        }
        addRaw("something behind the end", DAMAGED, "its end is cut off", () -> join(whole, new byte[] {'\n'}));
        addRaw("a wrong seal", DAMAGED, "it is not what was sealed", () -> {
            byte[] bytes = whole.clone();
            bytes[bytes.length - 1] = bytes[bytes.length - 1] == '0' ? (byte) '1' : (byte) '0';
            return bytes;
        });
        addRaw("a seal and nothing else", DAMAGED, "it ends before its directory", () -> seal(new byte[0]));
        addRaw("any zip", DAMAGED, "it is no file that whisktape share wrote", () -> {
            byte[] bytes = Arrays.copyOf(whole, whole.length - ArchiveSeal.TEXT_BYTES);
            bytes[bytes.length - 1] = 0;
            bytes[bytes.length - 2] = 0;
            return bytes;
        });
        addRaw("a newer archive", REFUSED, "it is an archive of version 2", () -> {
            String newer = "whisktape share 2 blake3:abc";
            byte[] bytes = Arrays.copyOf(whole, whole.length - ArchiveSeal.TEXT_BYTES);
            bytes[bytes.length - 2] = (byte) newer.length();
            return join(bytes, newer.getBytes(StandardCharsets.US_ASCII));
        });
    }

    @ParameterizedTest
    @MethodSource("hostile")
    void refusesWithOneSentenceAndWritesNothing(Hostile archive) throws IOException {
        Files.write(file, archive.bytes());
        Map<String, String> before = filesIn(temp);

        CommandRun run = importFile();

        assertThat(run.err())
                .startsWith("whisktape import: cannot import " + file + ": ")
                .contains(archive.reason())
                .hasLineCount(1)
                .matches("(?s)[^\\p{Cntrl}]*\n")
                .doesNotContain("Exception", "mistake", ".draft");
        assertThat(run.err().length()).isLessThan(1000 + file.toString().length());
        assertThat(run.exitCode()).isEqualTo(archive.exitCode());
        assertThat(run.out()).isEmpty();
        assertThat(filesIn(temp)).isEqualTo(before);
    }

    @Test
    void thereAreEnoughOfThem() throws IOException {
        assertThat(hostile()).hasSizeGreaterThan(100).doesNotHaveDuplicates();
    }

    @Test
    void refusesAFolderThatIsTaken() throws IOException {
        Files.write(file, whole().sealed());
        Files.createDirectory(target);
        Files.writeString(target.resolve("note"), "mine");

        assertThat(importFile())
                .isEqualTo(new CommandRun(
                        REFUSED,
                        "",
                        "whisktape import: " + target + " is there already; name another folder with -o\n"));
        assertThat(filesIn(target)).containsOnlyKeys("note");
    }

    @Test
    void doesNotFollowALinkThatHasTheFoldersName() throws IOException {
        Files.write(file, whole().sealed());
        Path elsewhere = Files.createDirectory(temp.resolve("elsewhere"));
        Files.createSymbolicLink(target, elsewhere);

        assertThat(importFile().exitCode()).isEqualTo(REFUSED);
        assertThat(elsewhere).isEmptyDirectory();

        Files.delete(target);
        Files.createSymbolicLink(target.resolveSibling(".run1.draft"), elsewhere);
        assertThat(importFile().err()).contains(".run1.draft: it is a link");
        assertThat(elsewhere).isEmptyDirectory();
        assertThat(target).doesNotExist();
    }

    @Test
    void takesAnEmptyFolderAndMakesTheFoldersAbove() throws IOException {
        Files.write(file, whole().sealed());
        Files.createDirectory(target);
        assertThat(importFile().exitCode()).isZero();

        Path deep = temp.resolve("a/b/c");
        assertThat(CommandRun.of("import", file.toString(), "-o", deep.toString())
                        .exitCode())
                .isZero();
        assertThat(deep.resolve("recording.json")).exists();
    }

    @Test
    void leavesNoFoldersAboveWhereItFails() throws IOException {
        ArchiveFixture archive = whole();
        replaceSegment(archive, 1, new byte[100]);
        Files.write(file, archive.sealed());

        assertThat(CommandRun.of(
                                "import",
                                file.toString(),
                                "-o",
                                temp.resolve("a/b/c").toString())
                        .exitCode())
                .isEqualTo(DAMAGED);
        assertThat(temp.resolve("a")).doesNotExist();
    }

    @Test
    void removesWhatAKilledImportLeft() throws IOException {
        Files.write(file, whole().sealed());
        Path left = Files.createDirectories(target.resolveSibling(".run1.draft/events"));
        Files.writeString(left.resolve("half.parquet"), "x");
        Files.writeString(left.resolveSibling("recording.json"), "x");

        assertThat(importFile().exitCode()).isZero();

        assertThat(filesIn(target)).isEqualTo(filesIn(recording.folder()));
        assertThat(left.getParent()).doesNotExist();
    }

    @Test
    void leavesAnotherImportIntoTheSameFolderAlone() throws IOException {
        Files.write(file, whole().sealed());
        try (RecordingDraft other = RecordingDraft.begin(target)) {
            CommandRun run = importFile();

            assertThat(run.exitCode()).isEqualTo(REFUSED);
            assertThat(run.err()).contains("another whisktape is writing to the recording " + other.folder());
            assertThat(other.folder()).isDirectory();
        }
        assertThat(importFile().exitCode()).isZero();
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        assertThat(importFile())
                .isEqualTo(
                        new CommandRun(1, "", "whisktape import: cannot read " + file + ": there is no such file\n"));
        assertThat(CommandRun.of("import", temp.toString(), "-o", target.toString())
                        .err())
                .isEqualTo("whisktape import: cannot read " + temp + ": it is no file\n");
    }

    private static void addManifest(String what, int exitCode, String reason, String from, String to)
            throws IOException {
        add(what, exitCode, reason, archive -> archive.inManifest(from, to));
    }

    private static void add(String what, int exitCode, String reason, Change change) throws IOException {
        ArchiveFixture archive = whole();
        change.in(archive);
        ALL.add(new Hostile(what, exitCode, reason, archive.sealed()));
    }

    private static void addRaw(String what, int exitCode, String reason, RawArchive bytes) throws IOException {
        ALL.add(new Hostile(what, exitCode, reason, bytes.make()));
    }

    private interface RawArchive {
        byte[] make() throws IOException;
    }

    /** Other bytes for a segment, and a manifest that believes in them. */
    private static void replaceSegment(ArchiveFixture archive, int i, byte[] bytes) throws IOException {
        archive.manifest().contents(ArchiveFixture.manifestFor(recording, i - 1, bytes));
        archive.entry(i).contents(bytes);
    }

    private static ArchiveFixture whole() throws IOException {
        return ArchiveFixture.of(recording);
    }

    private CommandRun importFile() {
        return CommandRun.of("import", file.toString(), "-o", target.toString());
    }

    /** All files under a folder but locks, with their contents, and empty folders. */
    private static Map<String, String> filesIn(Path folder) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path file : all.filter(file -> !file.endsWith(".lock") && !file.equals(folder))
                    .toList()) {
                if (Files.isRegularFile(file)) {
                    files.put(folder.relativize(file).toString(), ArchiveFixture.sha256(Files.readAllBytes(file)));
                } else if (file.toFile().list().length == 0) {
                    files.put(folder.relativize(file) + "/", "");
                }
            }
        }
        return files;
    }
}
