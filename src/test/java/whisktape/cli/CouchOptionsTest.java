package whisktape.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CouchOptionsTest {
    private static final String URL = "http://whisk_admin:s3c/r@'et@localhost:5984/db";

    /** Errors quote what they do not understand, and what stands in the wrong place may be the URL. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "record -o recording URL",
                "record --couchdb-login URL -o recording",
                "record --couchdb http://localhost:1/db --couchdb-ca URL -o recording --debug",
                "record --kafka URL -o recording",
                "record --label URL -o recording",
                "doctor URL",
                "doctor --couchd=URL",
                "URL",
            })
    void hidesThePasswordOfAUrlWhereverItStands(String line) {
        List<String> args =
                Stream.of(line.split(" ")).map(word -> word.replace("URL", URL)).toList();

        CommandRun run = CommandRun.of(args.toArray(String[]::new));

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("...@localhost:5984/db").doesNotContain("s3c", "whisk_admin");
    }
}
