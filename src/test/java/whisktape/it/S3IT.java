package whisktape.it;

import java.nio.file.Path;
import java.util.Map;

/** Recordings in an object store with the protocol of S3. */
class S3IT extends RemoteRecordingContract {
    private S3Server server;

    @Override
    void startServer(Path folder) throws Exception {
        server = S3Server.start(folder);
    }

    @Override
    String uri() {
        return server.uri() + "/of/whisktape";
    }

    @Override
    Map<String, String> settings() {
        return server == null ? Map.of() : server.settings();
    }

    @Override
    void stopServer() {
        if (server != null) {
            server.close();
        }
    }
}
