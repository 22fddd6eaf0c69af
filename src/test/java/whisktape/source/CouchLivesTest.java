package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static whisktape.source.CouchFixture.DATABASE;
import static whisktape.source.CouchFixture.QUICK;
import static whisktape.source.CouchFixture.await;
import static whisktape.source.CouchFixture.fill;
import static whisktape.source.CouchFixture.ids;
import static whisktape.source.CouchFixture.next;
import static whisktape.source.CouchFixture.open;
import static whisktape.source.CouchFixture.poll;
import static whisktape.source.CouchFixture.pollUntilDrained;
import static whisktape.source.CouchFixture.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.lab.EmbeddedCouch;

/** Databases that are deleted, and made again. */
class CouchLivesTest {
    private final EmbeddedCouch couch = CouchFixture.couch();
    private ScriptedCouch scripted;

    @BeforeEach
    void standBefore() throws Exception {
        scripted = ScriptedCouch.before(couch);
    }

    @AfterEach
    void close() {
        scripted.close();
        couch.close();
    }

    @Test
    void notesADeletionOnceAndIsDrainedThen() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            couch.deleteDatabase(DATABASE);

            assertThat(next(source)).isEqualTo(gap(CouchSource.DELETED));
            assertThat(source.isDrained()).isTrue();
            for (int i = 0; i < 20; i++) {
                assertThat(source.poll(Duration.ofMillis(5)).isEmpty()).isTrue();
            }
            assertThat(source.isAway()).isTrue();
        }
    }

    @Test
    void beginsANewLifeWhenTheDatabaseIsThereAgain() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            couch.deleteDatabase(DATABASE);
            assertThat(next(source).gap()).contains(CouchSource.DELETED);
            couch.createDatabase(DATABASE);
            fill(couch, 3, 8);

            DocumentBatch life = next(source);

            assertThat(life.gap()).isEmpty();
            assertThat(life.newLife()).hasValueSatisfying(position -> {
                assertThat(position.incarnation()).isEqualTo(2);
                assertThat(position.since()).isEqualTo("0");
                assertThat(position.instanceStartTime())
                        .isNotEqualTo(source.start().instanceStartTime());
            });
            List<DocumentBatch> batches = pollUntilDrained(source);
            assertThat(ids(batches)).containsExactlyInAnyOrderElementsOf(ids(3, 8));
            assertThat(CouchFixture.documents(batches))
                    .extracting(Document::incarnation)
                    .containsOnly(2);
            assertThat(source.isAway()).isFalse();
        }
    }

    /** A server that starts, or a cluster that has lost a node, does not know its databases for a while. */
    @Test
    void goesOnWhereItWasWhenTheSameDatabaseIsThereAgain() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            scripted.always(
                    "/" + DATABASE,
                    ScriptedCouch.status(404, "{\"error\":\"not_found\",\"reason\":\"Database does not exist.\"}"));
            couch.put(DATABASE, CouchFixture.activation(10));
            await().until(() -> {
                source.poll(Duration.ofMillis(5));
                return source.isAway();
            });

            scripted.allIsWell();

            // Not until it is drained: it is that too as long as it takes the database for deleted.
            List<DocumentBatch> batches = new ArrayList<>();
            await().until(() -> {
                batches.add(source.poll(Duration.ofMillis(20)));
                return !ids(batches).isEmpty();
            });
            assertThat(ids(batches)).containsExactlyElementsOf(ids(10, 11));
            assertThat(batches).allSatisfy(batch -> assertThat(batch.newLife()).isEmpty());
        }
    }

    /** What stands before the server answers 404 where it does not find the server. */
    @Test
    void takesNobodysWordForADeletionButCouchDbs() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            scripted.always("/" + DATABASE, ScriptedCouch.status(404, "default backend - 404"));
            couch.put(DATABASE, CouchFixture.activation(10));
            await().until(() -> {
                assertThat(source.poll(Duration.ofMillis(5)).isEmpty()).isTrue();
                return source.isAway();
            });
            assertThat(source.isDrained()).isFalse();

            scripted.allIsWell();

            assertThat(pollUntilDrained(source))
                    .singleElement()
                    .satisfies(batch -> assertThat(ids(List.of(batch))).containsExactlyElementsOf(ids(10, 11)));
        }
    }

    @Test
    void noticesADatabaseMadeAgainWhileNobodyLooked() {
        fill(couch, 0, 10);
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            couch.deleteDatabase(DATABASE);
            couch.createDatabase(DATABASE);
            fill(couch, 0, 3);

            DocumentBatch first = next(source);

            assertThat(first.gap()).contains(CouchSource.RECREATED);
            assertThat(first.newLife()).map(DatabasePosition::incarnation).contains(2);
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 3));
        }
    }

    @Test
    void dropsAPageThatMayBeOfAnotherLife() {
        fill(couch, 0, 10);
        scripted.next("_changes", ScriptedCouch.thenBefore(() -> {
            couch.deleteDatabase(DATABASE);
            couch.createDatabase(DATABASE);
            fill(couch, 20, 25);
        }));
        try (CouchSource source = open(scripted.url())) {
            List<DocumentBatch> batches = pollUntilDrained(source);

            assertThat(batches.get(0).gap()).contains(CouchSource.RECREATED);
            assertThat(ids(batches)).containsExactlyInAnyOrderElementsOf(ids(20, 25));
        }
    }

    @Test
    void noticesADatabaseMadeAgainBetweenTwoRuns() {
        fill(couch, 0, 10);
        DatabasePosition position;
        try (CouchSource source = open(scripted.url())) {
            position = source.start().at(next(source).next().orElseThrow());
        }
        couch.deleteDatabase(DATABASE);
        couch.createDatabase(DATABASE);
        fill(couch, 0, 3);
        try (CouchSource source = CouchSource.open(settings(scripted.url() + "/" + DATABASE), position, QUICK)) {
            assertThat(source.start()).isEqualTo(position);

            DocumentBatch first = next(source);

            assertThat(first.gap()).contains(CouchSource.RECREATED);
            assertThat(first.newLife()).map(DatabasePosition::incarnation).contains(2);
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 3));
        }
    }

    @Test
    void takesFewerDocumentsForALossWhereTheServerTellsNoLives() {
        fill(couch, 0, 10);
        scripted.always(
                "GET /" + DATABASE + " ",
                ScriptedCouch.changed(body ->
                        body.replaceFirst("\"instance_start_time\":\"\\d+\"", "\"instance_start_time\":\"0\"")));
        try (CouchSource source = open(scripted.url())) {
            assertThat(source.start().instanceStartTime()).isEmpty();
            pollUntilDrained(source);
            couch.purge(DATABASE, CouchFixture.id(3));

            DocumentBatch first = next(source);

            assertThat(first).isEqualTo(gap(CouchSource.SHRUNK));
            fill(couch, 10, 12);
            assertThat(poll(source, 2)).extracting(Document::incarnation).containsOnly(1);
        }
    }

    @Test
    void isNotDrainedByAnotherDatabaseOfTheSameName() {
        fill(couch, 0, 10);
        CouchTimings neverLooks = new CouchTimings(
                QUICK.answer(),
                QUICK.silence(),
                QUICK.heartbeat(),
                Duration.ofHours(1),
                QUICK.breath(),
                QUICK.backoffFirst(),
                QUICK.backoffMost());
        try (CouchSource source =
                CouchSource.open(settings(scripted.url() + "/" + DATABASE), new StartAt.Earliest(), neverLooks)) {
            pollUntilDrained(source);
            couch.deleteDatabase(DATABASE);
            couch.createDatabase(DATABASE);

            assertThat(source.isDrained()).isFalse();
            await().until(() -> source.poll(Duration.ofMillis(5))
                    .gap()
                    .filter(CouchSource.RECREATED::equals)
                    .isPresent());
            assertThat(pollUntilDrained(source)).isEmpty();
        }
    }

    private static DocumentBatch gap(String reason) {
        return new DocumentBatch(Optional.of(reason), Optional.empty(), List.of(), Optional.empty(), 0);
    }
}
