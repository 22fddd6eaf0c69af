package whisktape.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HDFS in a process: a namenode and a datanode. */
final class HdfsServer implements AutoCloseable {
    private static final Path JARS = Path.of("target/hdfs").toAbsolutePath();
    private static final Pattern PORT = Pattern.compile("\"namenode_port\":(\\d+)");

    private final ServerProcess process;
    private final Path details;

    private HdfsServer(ServerProcess process, Path details) {
        this.process = process;
        this.details = details;
    }

    static HdfsServer start(Path folder) throws IOException {
        Real.require("HDFS in target/hdfs, which mvn verify puts there", Files.isDirectory(JARS));
        Path details = folder.resolve("namenode.json");
        ServerProcess process = new ServerProcess(
                "hdfs",
                folder,
                List.of(
                        "-cp",
                        JARS + "/*",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dhdfs.minidfs.basedir=" + folder.resolve("dfs"),
                        "org.apache.hadoop.test.MiniDFSClusterManager",
                        "-format",
                        "-datanodes",
                        "1",
                        "-writeDetails",
                        details.toString()));
        HdfsServer server = new HdfsServer(process, details);
        process.awaitUp(server::isUp);
        return server;
    }

    /** Where it is. */
    String uri() throws IOException {
        Matcher port = PORT.matcher(Files.readString(details));
        if (!port.find()) {
            throw new IllegalStateException("no port in " + Files.readString(details));
        }
        return "hdfs://localhost:" + port.group(1);
    }

    private boolean isUp() {
        try {
            return Files.exists(details)
                    && PORT.matcher(Files.readString(details)).find();
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
