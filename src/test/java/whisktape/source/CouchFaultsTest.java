package whisktape.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static whisktape.source.CouchFixture.DATABASE;
import static whisktape.source.CouchFixture.QUICK;
import static whisktape.source.CouchFixture.await;
import static whisktape.source.CouchFixture.fill;
import static whisktape.source.CouchFixture.ids;
import static whisktape.source.CouchFixture.open;
import static whisktape.source.CouchFixture.poll;
import static whisktape.source.CouchFixture.pollUntilDrained;
import static whisktape.source.CouchFixture.settings;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Document;
import whisktape.WhisktapeException;
import whisktape.lab.EmbeddedCouch;

/** What happens while somebody records. */
class CouchFaultsTest {
    private final EmbeddedCouch couch = CouchFixture.couch();
    private final CountDownLatch never = new CountDownLatch(1);
    private ScriptedCouch scripted;

    @BeforeEach
    void standBefore() throws Exception {
        scripted = ScriptedCouch.before(couch);
    }

    @AfterEach
    void close() {
        never.countDown();
        scripted.close();
        couch.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 500, 20_000, Integer.MAX_VALUE})
    void readsAPageAgainThatWasCut(int bytes) {
        fill(couch, 0, 100);
        scripted.next("_changes", ScriptedCouch.cutAfter(bytes));
        scripted.next("_changes", ScriptedCouch.cutAfter(bytes));
        try (CouchSource source = open(scripted.url())) {
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 100));
        }
    }

    @Test
    void readsAPageAgainThatAProxyCutAndEndedWell() {
        fill(couch, 0, 100);
        scripted.next("_changes", ScriptedCouch.changed(body -> body.substring(0, body.length() / 2)));
        try (CouchSource source = open(scripted.url())) {
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 100));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 502, 503})
    void goesOnAfterAnAnswerThatMayBeBetterNextTime(int status) {
        fill(couch, 0, 100);
        try (CouchSource source = open(scripted.url())) {
            scripted.always("/" + DATABASE, ScriptedCouch.status(status, "<html>"));
            await().until(() -> source.poll(Duration.ofMillis(5)).isEmpty() && source.isAway());
            assertThat(source.isDrained()).isFalse();

            scripted.allIsWell();

            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            assertThat(source.isAway()).isFalse();
        }
    }

    @Test
    void waitsAsLongAsTheServerAsksFor() {
        fill(couch, 0, 1);
        scripted.next("_changes", ScriptedCouch.retryAfter(1));
        try (CouchSource source = open(scripted.url())) {
            await().until(() -> source.poll(Duration.ofMillis(5)).isEmpty() && source.isAway());
            long refused = System.nanoTime();

            poll(source, 1);

            assertThat(Duration.ofNanos(System.nanoTime() - refused)).isGreaterThan(Duration.ofMillis(800));
        }
    }

    @Test
    void goesOnWhenTheServerIsBack() {
        fill(couch, 0, 100);
        int port = Integer.parseInt(couch.url().replaceAll(".*:", ""));
        try (CouchSource source = open(couch.url())) {
            pollUntilDrained(source);
            couch.close();
            await().until(() -> source.poll(Duration.ofMillis(5)).isEmpty() && source.isAway());
            assertThat(source.isDrained()).isFalse();

            try (EmbeddedCouch again = EmbeddedCouch.start(port)) {
                again.createDatabase(DATABASE);
                fill(again, 0, 1);
                assertThat(poll(source, 1)).extracting(Document::id).containsExactlyElementsOf(ids(0, 1));
            }
        }
    }

    @Test
    void isPatientWithASlowFirstByte() throws Exception {
        fill(couch, 0, 100);
        CountDownLatch arrived = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        scripted.next("_changes", ScriptedCouch.held(arrived, release));
        try (CouchSource source = open(scripted.url())) {
            for (int i = 0; i < 100; i++) {
                assertThat(source.poll(Duration.ofMillis(5)).isEmpty()).isTrue();
            }
            assertThat(arrived.getCount()).isZero();
            assertThat(source.isAway()).isFalse();
            release.countDown();

            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 100));
            assertThat(scripted.requests("_changes?feed=normal&limit=64&seq_interval=64&include_docs=true&since=0"))
                    .hasSize(1);
        }
    }

    @Test
    void livesOnHeartbeatsAlone() {
        CouchTimings impatient = new CouchTimings(
                QUICK.answer(),
                Duration.ofSeconds(1),
                Duration.ofMillis(20),
                QUICK.look(),
                QUICK.breath(),
                QUICK.backoffFirst(),
                QUICK.backoffMost());
        try (CouchSource source =
                CouchSource.open(settings(scripted.url() + "/" + DATABASE), new StartAt.Earliest(), impatient)) {
            long begin = System.nanoTime();
            await().until(() -> {
                assertThat(source.poll(Duration.ofMillis(20)).isEmpty()).isTrue();
                return System.nanoTime() - begin > Duration.ofSeconds(2).toNanos();
            });

            assertThat(source.isAway()).isFalse();
            assertThat(source.isDrained()).isTrue();
            assertThat(scripted.requests("longpoll")).hasSize(1);
        }
    }

    @Test
    void cutsABodyOfWhichNothingComesAnyMore() {
        fill(couch, 0, 10);
        CouchTimings impatient = new CouchTimings(
                QUICK.answer(),
                Duration.ofMillis(200),
                QUICK.heartbeat(),
                QUICK.look(),
                QUICK.breath(),
                QUICK.backoffFirst(),
                QUICK.backoffMost());
        scripted.next("_changes", ScriptedCouch.silence(never));
        try (CouchSource source =
                CouchSource.open(settings(scripted.url() + "/" + DATABASE), new StartAt.Earliest(), impatient)) {
            assertThat(ids(pollUntilDrained(source))).containsExactlyInAnyOrderElementsOf(ids(0, 10));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void stopsAtOnceWhereItMayNotReadAnyMore(int status) {
        try (CouchSource source = open(scripted.url())) {
            pollUntilDrained(source);
            int before = scripted.requests("").size();
            scripted.always("/" + DATABASE, ScriptedCouch.status(status, "{\"error\":\"x\",\"reason\":\"no\"}"));
            couch.put(DATABASE, CouchFixture.activation(1));

            assertThatThrownBy(() -> await().until(() -> {
                        source.poll(Duration.ofMillis(5));
                        return false;
                    }))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("cannot read database " + DATABASE);

            assertThat(scripted.requests("").size() - before).isLessThanOrEqualTo(3);
        }
    }

    @Test
    void saysSoWhereTheServerDoesNotKnowTheSequence() {
        var position = new DatabasePosition(1, Optional.empty(), "garbage");
        try (CouchSource source = CouchSource.open(settings(scripted.url() + "/" + DATABASE), position, QUICK)) {
            assertThatThrownBy(() -> pollUntilDrained(source))
                    .isInstanceOf(WhisktapeException.class)
                    .hasMessageContaining("it answered 400 (Malformed sequence supplied in 'since')");
        }
    }

    @Test
    void doesNotHammerAServerThatIsWrittenTo() {
        CouchTimings breathing = new CouchTimings(
                QUICK.answer(),
                QUICK.silence(),
                QUICK.heartbeat(),
                Duration.ofSeconds(10),
                Duration.ofMillis(200),
                QUICK.backoffFirst(),
                QUICK.backoffMost());
        try (CouchSource source =
                CouchSource.open(settings(scripted.url() + "/" + DATABASE), new StartAt.Earliest(), breathing)) {
            pollUntilDrained(source);
            int before = scripted.requests("_changes").size();
            for (int number = 0; number < 100; number++) {
                couch.put(DATABASE, CouchFixture.activation(number));
                source.poll(Duration.ofMillis(5));
            }

            assertThat(scripted.requests("_changes").size() - before).isLessThan(20);
        }
    }

    @Test
    void closesAtOnceWhileItWaits() {
        CouchSource source = open(scripted.url());
        pollUntilDrained(source);
        scripted.always("_changes", ScriptedCouch.silence(never));
        source.poll(Duration.ofMillis(50));
        long begin = System.nanoTime();

        source.close();

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(1));
    }
}
