package whisktape.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import whisktape.DatabasePosition;
import whisktape.Message;
import whisktape.Position;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;
import whisktape.recording.RecordingWriter;
import whisktape.recording.SealLimits;
import whisktape.source.DocumentParser;
import whisktape.source.EventParser;

/** What the last gate lets pass: words that everybody writes, and what the user has named, whatever that looks like. */
final class SharedAnywayTest {
    private static final String ID = "f828f47d205545aaa8f47d2055d5aace";

    /** Shorter than what is looked at of a text, so that what begins with it is another text. */
    private static final String E_MAIL = "margarethe@example.com";

    @TempDir
    private Path temp;

    private Map<String, String> labels = Map.of();
    private String namespace = "acme";
    private String action = "acme/hello";
    private String kind = "python:3";
    private String subject = "somebody";
    private String result = "{}";
    private String log = "started";
    private byte[] key;
    private List<Message.Header> headers = List.of();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "whisk.system/invokerHealthTestActionowdev-controller-0",
                "whisk.system/invokerHealthTestAction-of-a-controller",
                "whisk.system/invokerHealthTest",
                "whisk.system/invokerHealthTestActions/of/many"
            })
    void probesOfControllersWithAnyName(String probe) {
        action = probe;

        share();
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "create", "append", "logappend", "unknown", "none", "default"})
    void wordsThatStandInEveryRecordingWhereverTheyStandBesides(String word) {
        kind = word.equals("default") ? "python:default" : kind;
        labels = Map.of("runtime", word);
        namespace = word;
        action = word + "/" + word + "/" + word;
        result = "{\"engine\":\"" + word + "\",\"" + word + "\":1}";
        log = word;

        share();
    }

    @Test
    void namesThatAreEMailAddresses() {
        namespace = E_MAIL;
        action = E_MAIL + "/tools/hello";

        share(Keep.NAMES);
    }

    @Test
    void keysThatAreEMailAddresses() {
        key = E_MAIL.getBytes(StandardCharsets.UTF_8);

        share(Keep.KEYS);
    }

    @Test
    void headersThatLookRandom() {
        headers = List.of(new Message.Header(
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01".getBytes(StandardCharsets.UTF_8)));

        share(Keep.HEADERS);
    }

    /** Kept names excuse nothing that stands around them. */
    @Test
    void butNoPasswordBeforeANameThatIsKept() {
        result = "{\"a\":\"https://admin:geheim@db/acme\"}";

        assertThatThrownBy(() -> share(Keep.NAMES, Keep.PAYLOADS))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("a password in a URL would stand in column document of ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer abcdefgh.ijklmnop", "Basic bWFyZ2FyZXRoZTpnZWhlaW0="})
    void butNoTokenOfARequestWhateverIsKept(String token) {
        labels = Map.of("login", token);

        assertThatThrownBy(() -> share(Keep.LABELS))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("a token or password for a request would stand in ")
                .hasMessageEndingWith("; nothing was written. Name less after --keep: what looks like this is refused"
                        + " whatever is named");
    }

    /** Statistics, dictionary, pages and values of it are one place. */
    @Test
    void andOfAColumnThatLeaksIsToldOnce() {
        subject = "somebody of acme";

        assertThatThrownBy(() -> share(Keep.SUBJECTS))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining(" would stand in column subject of activations/")
                .hasMessageContaining(" would stand in column subject of events/")
                .satisfies(e ->
                        assertThat(e.getMessage().split("column subject", -1)).hasSize(3));
    }

    private void share(Keep... keep) {
        Set<Keep> kept = EnumSet.noneOf(Keep.class);
        kept.addAll(List.of(keep));
        Path file = temp.resolve("run.zip");

        Sharing.share(recording(), file, Cut.NONE, kept, Salt.random(), rows -> {});

        assertThat(file).isNotEmptyFile();
    }

    private Recording recording() {
        Path folder = temp.resolve("run");
        try (RecordingWriter writer =
                RecordingWriter.create(folder, labels, null, SealLimits.DEFAULT, InstantSource.system())) {
            writer.begin("cluster", "events", new Position(1, Optional.empty(), Map.of(0, 0L)));
            writer.begin(Optional.empty(), "activations", new DatabasePosition(1, Optional.empty(), "0"));
            writer.write(new EventParser()
                    .parse(new Message(
                            1,
                            0,
                            0,
                            1_795_427_079_834L,
                            Message.TimestampType.CREATE,
                            1_795_427_079_835L,
                            key,
                            event().getBytes(StandardCharsets.UTF_8),
                            headers)));
            writer.write(
                    List.of(new DocumentParser()
                            .parse(
                                    1,
                                    "1",
                                    1_795_427_079_900L,
                                    null,
                                    null,
                                    false,
                                    document().getBytes(StandardCharsets.UTF_8))),
                    Optional.of("1"));
            writer.finish();
        }
        return Recording.open(folder);
    }

    private String event() {
        return "{\"body\":{\"activationId\":\"" + ID
                + "\",\"conductor\":false,\"duration\":4,\"initTime\":0,\"kind\":\""
                + kind + "\",\"memory\":256,\"name\":\"" + action + "\",\"statusCode\":0,\"waitTime\":42},"
                + "\"eventType\":\"Activation\",\"namespace\":\"" + namespace
                + "\",\"source\":\"controller0\",\"subject\":\"" + subject + "\",\"timestamp\":1795427079834,"
                + "\"userId\":\"ca34d119-d375-56ff-fe6d-7300167e660e\"}";
    }

    private String document() {
        return "{\"_id\":\"" + namespace + "/" + ID
                + "\",\"_rev\":\"1-7da6841ba7401ea821f9da1ce784cc3f\",\"activationId\":\""
                + ID + "\",\"annotations\":[{\"key\":\"path\",\"value\":\"" + action
                + "\"},{\"key\":\"kind\",\"value\":\"" + kind + "\"}],\"duration\":4,\"end\":1795427079834,"
                + "\"entityType\":\"activation\",\"logs\":[\"" + log + "\"],\"name\":\""
                + action.substring(action.lastIndexOf('/') + 1) + "\",\"namespace\":\"" + namespace
                + "\",\"publish\":false,\"response\":{\"result\":" + result
                + ",\"statusCode\":0},\"start\":1795427079830,\"subject\":\"" + subject
                + "\",\"updated\":1795427079835,"
                + "\"version\":\"0.0.1\"}";
    }
}
