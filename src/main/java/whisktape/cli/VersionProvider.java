package whisktape.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;
import whisktape.Version;
import whisktape.recording.Manifest;

/** What {@code --version} prints: everything a bug report needs. */
final class VersionProvider implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "whisktape " + Version.TOOL,
            "recording format " + Manifest.FORMAT,
            "DuckDB " + Version.DUCKDB,
            "Kafka client " + AppInfoParser.getVersion(),
            "JVM " + Runtime.version() + " (" + System.getProperty("java.vm.vendor") + ")"
        };
    }
}
