package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.DocumentFixtures.DATABASE;
import static whisktape.DocumentFixtures.START;
import static whisktape.DocumentFixtures.documents;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.Gap;
import whisktape.WhisktapeException;

class ManifestFileTest {
    /** Written before there was a table {@code activations}. */
    private static final Path OLD = Path.of("src/test/resources/recordings/v1-events");

    @TempDir
    Path temp;

    @Test
    void readsARecordingThatKnowsOfEventsOnly() {
        Recording old = Recording.open(OLD);

        assertThat(Verifier.verify(old).problems()).isEmpty();
        assertThat(Verifier.verify(old).events()).isEqualTo(1923);
        assertThat(old.manifest().databasePosition()).isEmpty();
        assertThat(old.segments(Segment.ACTIVATIONS)).isEmpty();
        assertThat(old.segments()).extracting(Segment::metrics).containsExactly(921L);
    }

    @Test
    void readsAGapWithoutATableAsOneOfEvents() throws IOException {
        String gap = "{\"incarnation\":1,\"partition\":3,\"from_offset\":7,\"until_offset\":9,\"reason\":\"x\"}";
        Files.writeString(
                temp.resolve(ManifestFile.NAME),
                Files.readString(OLD.resolve(ManifestFile.NAME))
                        .replace("\"gaps\" : [ ]", "\"gaps\" : [ " + gap + " ]"));

        assertThat(Recording.open(temp).manifest().gaps()).containsExactly(new Gap(1, 3, 7, 9L, "x"));
    }

    @Test
    void givesBackWhatItWrote() throws IOException {
        Manifest manifest = written();

        ManifestFile.write(temp, manifest);

        assertThat(ManifestFile.read(temp)).isEqualTo(manifest);
    }

    @Test
    void writesForEachTableOnlyWhatItHas() throws IOException {
        written();

        assertThat(Files.readString(temp.resolve(ManifestFile.NAME)))
                .contains("\"couchdb\"", "\"next_update_seq\" : \"9-x\"", "\"deleted\" : 0", "\"designs\" : 0")
                .doesNotContain("kafka", "metrics", "poison", "server_id");
        assertThat(Files.readString(OLD.resolve(ManifestFile.NAME))).doesNotContain("next_update_seq");
        ManifestFile.write(temp, ManifestFile.read(OLD));
        assertThat(Files.readString(temp.resolve(ManifestFile.NAME))
                        .replaceFirst(",\n  \"sha256\" : \".{64}\"\n}", "\n}"))
                .isEqualTo(Files.readString(OLD.resolve(ManifestFile.NAME)));
    }

    @Test
    void theChecksumIsThatOfAllBytesBeforeIt() throws Exception {
        written();
        String text = Files.readString(temp.resolve(ManifestFile.NAME));
        int end = text.lastIndexOf(",\n  \"sha256\"");

        assertThat(text.substring(end))
                .isEqualTo(",\n  \"sha256\" : \""
                        + HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256")
                                        .digest(text.substring(0, end).getBytes(StandardCharsets.UTF_8)))
                        + "\"\n}\n");
    }

    @Test
    void anEditByHandIsSeenAndTakenByRepair() throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        Files.writeString(
                file, Files.readString(file).replace("\"labels\" : { }", "\"labels\" : { \"by\" : \"hand\" }"));

        assertThat(Recording.open(temp).manifest().labels()).containsEntry("by", "hand");
        assertThat(Verifier.verify(temp).problems())
                .extracting(Verification.Problem::what)
                .containsExactly(
                        "recording.json is not what was written: its checksum differs; where somebody has edited it"
                                + " by hand, verify --repair takes it as it is");
        assertThatThrownBy(
                        () -> RecordingWriter.resume(temp, Map.of(), null, SealLimits.DEFAULT, InstantSource.system()))
                .hasMessageStartingWith(
                        "cannot go on with the recording " + temp + ": recording.json is not what was written")
                .extracting(e -> ((WhisktapeException) e).kind())
                .isEqualTo(WhisktapeException.Kind.REFUSED);

        assertThat(Verifier.repair(temp))
                .containsExactly("took recording.json as it is, though it is not what was written: look it over");
        assertThat(Verifier.verify(temp).problems()).isEmpty();
        assertThat(Recording.open(temp).manifest().labels()).containsEntry("by", "hand");
    }

    @Test
    void noBitOfItFlipsUnseen() throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        byte[] sound = Files.readAllBytes(file);
        assertThat(ManifestFile.problemOfChecksum(temp)).isEmpty();

        for (int bit = 0; bit < sound.length * 8; bit++) {
            byte[] flipped = sound.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            Files.write(file, flipped);
            assertThat(isSeen()).as("bit %d", bit).isTrue();
        }
    }

    private boolean isSeen() {
        try {
            ManifestFile.read(temp);
        } catch (WhisktapeException e) {
            return true;
        }
        return ManifestFile.problemOfChecksum(temp).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"checksum\" : \"x\"",
                "\"SHA256\" : \"x\"",
                "\"sha256\" : \"x\"",
                "\"sha256\" : null",
                "\"sha256\" : \"0000000000000000000000000000000000000000000000000000000000000000\""
            })
    void aChecksumThatWasRenamedOrReplacedIsSeen(String field) throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"sha256\" : \"[0-9a-f]{64}\"\n}\n$", field + "\n}\n"));

        assertThat(Verifier.verify(temp).problems()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\" : 2 | \"format\" : 1, \"format\" : 1",
                "\"format\" : 2 | \"format\" : 1.5",
                "\"format\" : 2 | \"format\" : 99999999999999999999",
                "\"format\" : 2 | \"format\" : [1]",
                "\"since\" : \"0\" | \"since\" : null",
                "\"labels\" : { } | \"labels\" : { \"a\" : null }",
                "\"labels\" : { } | \"labels\" : [ ]",
                "\"gaps\" : [ ] | \"gaps\" : [ null ]",
                "\"gaps\" : [ ] | \"gaps\" : [ {\"reason\":\"x\"} ]",
                "\"rows\" : 9 | \"rows\" : -9",
                "\"rows\" : 9 | \"rows\" : 10",
                "\"rows\" : 9 | \"rows\" : 9.5",
                "\"rows\" : 9 | \"rows\" : 1e400",
                "\"rows\" : 9 | \"rows\" : null",
                "\"next_offset\" : 10 | \"next_offset\" : 0",
                "\"next_update_seq\" : \"9-x\" | \"next_update_seq\" : null",
                "\"partition\" : 0 | \"partition\" : 1",
                "\"incarnation\" : 1, \"instance | \"incarnation\" : 0, \"instance",
                "\"lives\" : [ | \"lives\" : [ null,",
                "1970-01-01T00:00:00.000Z | +999999999-01-01T00:00:00.000Z",
                "1970-01-01T00:00:00.000Z | yesterday",
            })
    void refusesWhatNoRecorderWrites(String from, String to) throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        String text = Files.readString(file).replaceAll(",\\s+", ", ").replaceAll("\\[ \\{\\s+", "[ { ");
        assertThat(text).contains(from);
        Files.writeString(file, text.replace(from, to));

        assertThatThrownBy(() -> Recording.open(temp))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.DAMAGED))
                .hasMessageContaining("it is not a manifest (");
    }

    @Test
    void refusesAManifestBeyondAllSense() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(temp.resolve(ManifestFile.NAME).toFile(), "rw")) {
            file.setLength(5L << 30);
        }
        assertThatThrownBy(() -> Recording.open(temp)).hasMessageContaining("it has 5368709120 bytes");

        for (String deep : List.of("[", "{\"a\":")) {
            Files.writeString(temp.resolve(ManifestFile.NAME), deep.repeat(1_000_000));
            assertThatThrownBy(() -> Recording.open(temp)).hasMessageContaining("it is not a manifest (");
        }
    }

    @Test
    void anotherFormatIsNoDamage() throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        Files.writeString(file, "{ \"format\" : 3, \"segments\" : \"elsewhere\" }");

        assertThatThrownBy(() -> Recording.open(temp))
                .isInstanceOfSatisfying(
                        WhisktapeException.class, e -> assertThat(e.kind()).isEqualTo(WhisktapeException.Kind.REFUSED))
                .hasMessageContaining("its format is 3 and this whisktape reads formats up to 2");
    }

    @ParameterizedTest
    @CsvSource({
        "\"table\" : \"activations\", \"table\" : \"events\", is events",
        "\"table\" : \"activations\", \"table\" : \"activation\", a table is activation",
        "activations/activations, events/activations, is activations",
        "activations/activations, activations/../../x, file is",
        "activations/activations, /etc/activations, file is",
        "activations/activations, other/activations, file is",
        "\"couchdb\", \"coach\", came from",
        "\"incarnation\" : 1, \"life\" : 1, null",
    })
    void refusesASegmentThatIsNotWhereItsTableIs(String from, String to, String reason) throws IOException {
        written();
        Path file = temp.resolve(ManifestFile.NAME);
        Files.writeString(file, Files.readString(file).replace(from, to));

        assertThatThrownBy(() -> Recording.open(temp))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("it is not a manifest")
                .hasMessageContaining(reason)
                .extracting(e -> ((WhisktapeException) e).kind())
                .isEqualTo(WhisktapeException.Kind.DAMAGED);
    }

    @Test
    void refusesADatabaseWithoutALife() throws IOException {
        Manifest manifest = written();
        ManifestFile.write(
                temp, manifest.withSegments(List.of()).withCouchdb(new Manifest.Couchdb(null, DATABASE, List.of())));

        assertThatThrownBy(() -> Recording.open(temp)).hasMessageContaining("couchdb has no lives");
    }

    @Test
    void setsASegmentAsideThatLiesInTheOtherTablesFolder() throws IOException {
        written();
        Path file = SegmentNames.list(temp).get(0);
        Files.createDirectory(Table.EVENTS.folderIn(temp));
        Files.copy(file, Table.EVENTS.folderIn(temp).resolve("events-0-0-9.parquet"));

        assertThat(Verifier.repair(temp))
                .containsExactly("set events-0-0-9.parquet aside as events-0-0-9.parquet.damaged:"
                        + " it is a segment of activations in another folder");
    }

    private Manifest written() {
        try (RecordingWriter writer =
                RecordingWriter.create(temp, Map.of(), null, SealLimits.DEFAULT, InstantSource.fixed(Instant.EPOCH))) {
            writer.begin(Optional.empty(), DATABASE, START);
            writer.write(documents(0, 9), Optional.of("9-x"));
            writer.finish();
            return writer.manifest();
        }
    }
}
