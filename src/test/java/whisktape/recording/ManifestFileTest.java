package whisktape.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.DocumentFixtures.DATABASE;
import static whisktape.DocumentFixtures.START;
import static whisktape.DocumentFixtures.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        assertThat(Files.readString(temp.resolve(ManifestFile.NAME)))
                .isEqualTo(Files.readString(OLD.resolve(ManifestFile.NAME)));
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
