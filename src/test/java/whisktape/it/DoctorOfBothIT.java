package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import whisktape.cli.CommandRun;
import whisktape.lab.EmbeddedCouch;
import whisktape.lab.EmbeddedKafka;

class DoctorOfBothIT {
    private static final String DATABASE = "whisk_local_activations";

    @TempDir
    private static Path temp;

    private static EmbeddedKafka kafka;

    private EmbeddedCouch couch;

    @BeforeAll
    static void sendEvents() throws Exception {
        kafka = EmbeddedKafka.start(temp, 0);
        kafka.createTopic("events", 1, Map.of());
        long now = System.currentTimeMillis();
        try (Topic topic = new Topic(kafka, "events")) {
            for (int i = 0; i < 8; i++) {
                String event = Topic.event(i).replace("invoker1", i % 2 == 0 ? "invoker1" : "controller0");
                topic.send(new ProducerRecord<>(
                                "events", 0, now - 60_000 + i, null, event.getBytes(StandardCharsets.UTF_8)))
                        .get();
            }
        }
    }

    @AfterAll
    static void stopKafka() {
        kafka.close();
    }

    @BeforeEach
    void startCouch() {
        couch = EmbeddedCouch.start(0).withUser("whisk_admin", "right");
        couch.createDatabase(DATABASE);
    }

    @AfterEach
    void stopCouch() {
        couch.close();
    }

    @Test
    void isContentWhereEveryEventHasItsDocument() {
        for (int i = 0; i < 8; i++) {
            store(i);
        }

        CommandRun run = doctor("right", "");

        assertThat(run.out().lines()).allMatch(line -> line.startsWith("ok "));
        assertThat(run.out())
                .contains("\nok    couchdb         CouchDB 3.5.0 answers\n")
                .contains("\nok    couchdb clock   the server's clock is ours, to the second\n")
                .contains("\nok    database        " + DATABASE + " is the only one whose name ends with activations\n")
                .endsWith(
                        "\nok    store levels    8 of the 8 latest activations whose events came are in the database\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void noticesThatTheDatabaseIsEmptyAlthoughEventsFlow() {
        CommandRun run = doctor("right", "/" + DATABASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\nfail  documents       there is no activation in it although events flow: ")
                .contains("ansible: db_activation_backend: CouchDB");
    }

    @Test
    void noticesThatSomeAreNotStored() {
        store(3);

        CommandRun run = doctor("right", "/" + DATABASE);

        assertThat(run.exitCode()).isZero();
        assertThat(run.out())
                .contains(
                        "\nwarn  store levels    1 of the 8 latest activations whose events came are in the database: only"
                                + " successes are missing");
    }

    @Test
    void saysThatThePasswordIsWrongAfterOneAttempt() {
        CommandRun run = doctor("wrong-secret", "/" + DATABASE);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out().lines()).last().asString().startsWith("fail  credentials     the server does not accept");
        assertThat(run.out() + run.err()).doesNotContain("wrong-secret");
        for (int i = 0; i < 4; i++) {
            doctor("wrong-secret", "/" + DATABASE);
        }
        assertThat(doctor("right", "/" + DATABASE).out()).contains("\nok    credentials     accepted\n");
    }

    @Test
    void namesTheDatabaseThatCouldBeMeant() {
        CommandRun run = doctor("right", "/test_activations");

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .contains("\nfail  database        there is no database test_activations; one of these could be meant: "
                        + DATABASE + "; ansible: ");
    }

    @Test
    void saysThatNothingListens() {
        String url = couch.url();
        couch.close();

        CommandRun run = CommandRun.of("doctor", "--couchdb", url);

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith("fail  couchdb         cannot read CouchDB at ")
                .contains("nothing listens there");
    }

    private void store(int number) {
        Matcher id = Pattern.compile("\"activationId\":\"(\\w+)\"").matcher(Topic.event(number));
        assertThat(id.find()).isTrue();
        couch.put(
                DATABASE,
                "{\"_id\":\"guest/" + id.group(1) + "\",\"activationId\":\"" + id.group(1)
                        + "\",\"response\":{\"statusCode\":0}}");
    }

    private CommandRun doctor(String password, String path) {
        return CommandRun.of(
                "doctor",
                "--kafka",
                kafka.bootstrapServers(),
                "--couchdb",
                couch.url().replace("http://", "http://whisk_admin:" + password + "@") + path);
    }
}
