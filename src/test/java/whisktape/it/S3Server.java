package whisktape.it;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A server with the protocol of S3, in a process, and the connector that docs/remote.md tells how to get. */
final class S3Server implements AutoCloseable {
    private static final Path JARS = Path.of("target/s3").toAbsolutePath();
    private static final String BUCKET = "recordings";

    private final ServerProcess process;
    private final int port;

    private S3Server(ServerProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static S3Server start(Path folder) throws IOException, InterruptedException {
        Real.require("an S3 server in target/s3, which mvn verify puts there", Files.isDirectory(JARS));
        Real.require("the connector of s3a in connectors/, which mvn can fetch", fetchConnector());
        int port = FreePort.tcp();
        try (Stream<Path> jars = Files.list(JARS)) {
            ServerProcess process = new ServerProcess(
                    "s3",
                    folder,
                    List.of(
                            "-Dhttp.port=" + port,
                            "-Dserver.port=0",
                            "-Dlogging.level.root=WARN",
                            "-Dcom.adobe.testing.s3mock.store.root=" + folder.resolve("store"),
                            "-Dcom.adobe.testing.s3mock.store.initial-buckets=" + BUCKET,
                            "-jar",
                            jars.findFirst().orElseThrow().toString()));
            S3Server server = new S3Server(process, port);
            process.awaitUp(server::isUp);
            return server;
        }
    }

    String uri() {
        return "s3a://" + BUCKET;
    }

    /** What a user says in core-site.xml of a server that is not Amazon's. */
    Map<String, String> settings() {
        return Map.of(
                "fs.s3a.endpoint",
                "http://localhost:" + port,
                "fs.s3a.endpoint.region",
                "us-east-1",
                "fs.s3a.path.style.access",
                "true",
                "fs.s3a.access.key",
                "anybody",
                "fs.s3a.secret.key",
                "anything");
    }

    /** By the command of docs/remote.md. */
    private static boolean fetchConnector() throws IOException, InterruptedException {
        if (hasConnector()) {
            return true;
        }
        Process mvn = new ProcessBuilder("mvn", "-q", "-B", "-f", "connectors/s3a.xml", "dependency:copy-dependencies")
                .inheritIO()
                .start();
        return mvn.waitFor(5, TimeUnit.MINUTES) && mvn.exitValue() == 0 && hasConnector();
    }

    private static boolean hasConnector() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("connectors"))) {
            return files.anyMatch(file -> file.getFileName().toString().startsWith("hadoop-aws"));
        }
    }

    private boolean isUp() {
        try {
            HttpURLConnection connection = (HttpURLConnection) URI.create("http://localhost:" + port + "/" + BUCKET)
                    .toURL()
                    .openConnection();
            return connection.getResponseCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
