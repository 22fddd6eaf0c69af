package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class DoctorCommandTest {
    @Test
    void saysThatNothingListensAndWhereKafkaIs() throws IOException {
        int port = freePort();

        CommandRun run = CommandRun.of("doctor", "--kafka", "localhost:" + port);

        assertThat(run)
                .isEqualTo(new CommandRun(
                        1,
                        "fail  kafka           nothing listens at localhost:" + port
                                + "; ansible: --kafka HOST:9093, the listener EXTERNAL (with kafka_protocol: SSL also"
                                + " --kafka-config; lean has no Kafka); helm: --kafka"
                                + " <release>-kafka-0.<release>-kafka.<namespace>.svc.<domain>:9092, only from inside of"
                                + " the namespace; compose: --kafka kafka:9092, with the name kafka in /etc/hosts (lean"
                                + " has no Kafka); standalone: start it with --kafka or --user-events, then --kafka"
                                + " localhost:9092\n",
                        ""));
    }

    @Test
    void saysTheSameForScripts() throws IOException {
        CommandRun run = CommandRun.of("doctor", "--json", "--kafka", "localhost:" + freePort());

        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out())
                .startsWith(
                        "{\"ok\":false,\"checks\":[{\"check\":\"kafka\",\"result\":\"fail\",\"found\":\"nothing listens")
                .contains("\"settings\":{\"ansible\":\"")
                .contains("\"helm\":\"", "\"compose\":\"", "\"standalone\":\"");
    }

    @Test
    void saysWhatIsNoAddress() {
        CommandRun noPort = CommandRun.of("doctor", "--kafka", "localhost");
        assertThat(noPort.exitCode()).isEqualTo(2);
        assertThat(noPort.err())
                .startsWith("whisktape doctor: Invalid value for option '--kafka': 'localhost' is no address; it takes"
                        + " HOST:PORT, several separated by commas\n");
        assertThat(CommandRun.of("doctor", "--kafka", "no.such.host.invalid:9092")
                        .out())
                .startsWith("fail  kafka           nobody knows the host no.such.host.invalid; ");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
