package whisktape.it;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Recordings on HDFS. */
class HdfsIT extends RemoteRecordingContract {
    private HdfsServer server;

    @Override
    void startServer(Path folder) throws Exception {
        server = HdfsServer.start(folder);
    }

    @Override
    String uri() throws IOException {
        return server.uri() + "/recordings";
    }

    @Override
    Map<String, String> settings() {
        return Map.of();
    }

    @Override
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }
}
