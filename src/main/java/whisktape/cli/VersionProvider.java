package whisktape.cli;

import java.io.PrintWriter;
import picocli.CommandLine.IVersionProvider;
import whisktape.Version;
import whisktape.recording.Manifest;

/** What {@code --version} prints: everything a bug report needs. */
final class VersionProvider implements IVersionProvider {
    static void print(PrintWriter out) {
        for (String line : new VersionProvider().getVersion()) {
            out.println(line);
        }
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "whisktape " + Version.TOOL,
            "recording format " + Manifest.FORMAT,
            "DuckDB " + Version.DUCKDB,
            "Kafka client " + Version.KAFKA_CLIENT,
            "JVM " + System.getProperty("java.runtime.version") + " (" + System.getProperty("java.vm.vendor") + ")"
        };
    }
}
