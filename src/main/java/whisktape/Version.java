package whisktape;

/** The version of this whisktape. */
public final class Version {
    public static final String TOOL = "0.1.0";

    private Version() {}
}
