package whisktape.remote;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/** What a user has typed with a colon in it: a URI, or a name that happens to have one. */
final class TypedPlace {
    /** No address of the web: what Hadoop has for these can only open a file, and others may have typed a password into it. */
    private static final Pattern URI_OF_A_PLACE =
            Pattern.compile("(?s)(?!(?i:https?):)(?<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?<authority>[^/]*)(?<path>.*)");

    private static final Pattern WITHOUT_HOST =
            Pattern.compile("(?s)(?<scheme>(?i:hdfs|webhdfs|viewfs|s3a?|abfss?|gs|ofs)):/(?!/).*");

    private TypedPlace() {}

    static Path path(String text) {
        if (text.regionMatches(true, 0, "file:", 0, "file:".length())) {
            return ofFile(text);
        }
        requireHost(text);
        Matcher uri = URI_OF_A_PLACE.matcher(text);
        if (!uri.matches()) {
            return Path.of(text);
        }
        requireNoSecret(uri.group("scheme"), uri.group("authority"));
        requireHadoopsName(uri.group("scheme"), text);
        return RemoteFileSystem.of(uri.group("scheme"), uri.group("authority")).getPath("/", uri.group("path"));
    }

    /** To Hadoop that is a URI without a host; a folder of this machine by such a name would be nobody's wish. */
    private static void requireHost(String text) {
        Matcher uri = WITHOUT_HOST.matcher(text);
        if (uri.matches()) {
            throw WhisktapeException.refused("cannot open " + text + ": a URI of " + uri.group("scheme")
                    + " names a host or a bucket behind two slashes");
        }
    }

    /** Old guides put keys into the URI, which is printed, logged, and kept by the shell. */
    private static void requireNoSecret(String scheme, String authority) {
        if (scheme.regionMatches(true, 0, "s3", 0, 2) && authority.contains("@")) {
            throw WhisktapeException.refused("cannot open a URI of " + scheme
                    + " with keys in it; give them by AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
        }
    }

    /** Everybody but Hadoop calls it s3, and Hadoop would only say that it knows no such file system. */
    private static void requireHadoopsName(String scheme, String text) {
        if (scheme.equalsIgnoreCase("s3") || scheme.equalsIgnoreCase("s3n")) {
            throw WhisktapeException.refused("cannot open " + text + ": write s3a" + text.substring(scheme.length()));
        }
    }

    /** {@code file:/x} and {@code file:///x} are the local path {@code /x}; {@code file:x} is a name like any other. */
    private static Path ofFile(String text) {
        String rest = text.substring("file:".length());
        if (!rest.startsWith("/")) {
            return Path.of(text);
        }
        try {
            URI uri = new URI(text);
            if (uri.getAuthority() != null && !uri.getAuthority().equals("localhost")) {
                throw WhisktapeException.refused("cannot open " + text + ": it names the host " + uri.getAuthority()
                        + ", and a file is on this machine; write file:///PATH");
            }
            return Path.of(uri.getPath());
        } catch (URISyntaxException e) {
            // With a space in it, say: typed as it is.
            return Path.of(rest.replaceFirst("^/+", "/"));
        }
    }
}
