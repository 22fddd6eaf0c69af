package whisktape;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version of this whisktape and of what it is built on, as the build wrote them into the jar. */
public final class Version {
    private static final Properties BUILD = read();

    public static final String TOOL = BUILD.getProperty("tool");
    public static final String DUCKDB = BUILD.getProperty("duckdb");
    public static final String CHART_JS = BUILD.getProperty("chart.js");

    private Version() {}

    private static Properties read() {
        try (InputStream in = Version.class.getResourceAsStream("/version.properties")) {
            Properties properties = new Properties();
            properties.load(in);
            return properties;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
