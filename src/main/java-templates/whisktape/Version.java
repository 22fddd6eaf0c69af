package whisktape;

/** The version of this whisktape and of what it is built on. The build fills them in; read from a file they would cost at each start. */
public final class Version {
    public static final String TOOL = "${project.version}";
    public static final String DUCKDB = "${duckdb.version}";
    public static final String KAFKA_CLIENT = "${kafka.version}";
    public static final String CHART_JS = "${chart.js.version}";

    private Version() {}
}
