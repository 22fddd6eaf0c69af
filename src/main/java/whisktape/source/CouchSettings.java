package whisktape.source;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import whisktape.WhisktapeException;

/**
 * How to reach an activations database.
 *
 * @param server where CouchDB is, without credentials, without a slash behind it; may have a path where a proxy is before it
 * @param database the database's name; empty where it is to be found
 * @param credentials empty for none
 * @param login how the credentials are shown
 * @param caFile certificates in PEM that are trusted instead of the JVM's; empty for the JVM's
 * @param noPayloads whether results and logs are left out of the documents
 */
public record CouchSettings(
        URI server,
        Optional<String> database,
        Optional<Credentials> credentials,
        Login login,
        Optional<Path> caFile,
        boolean noPayloads) {

    private static final String TAKES =
            "; it takes http[s]://[USER:PASSWORD@]HOST[:PORT][/DATABASE], with special characters of user and password"
                    + " percent-encoded";

    /** How a user says who it is. */
    public enum Login {
        /** With each request. */
        BASIC,
        /** Once, for a cookie. */
        COOKIE
    }

    /**
     * A user of CouchDB; never printed.
     *
     * @param user the name
     * @param password may be empty
     */
    public record Credentials(String user, String password) {
        @Override
        public String toString() {
            return "credentials";
        }
    }

    /**
     * Reads a URL, whose last path segment is the database and whose user info goes before the given credentials. Throws
     * {@link WhisktapeException} for what is none, without quoting it: it may hold a password at any place.
     */
    public static CouchSettings of(
            String url, Optional<Credentials> given, Login login, Optional<Path> caFile, boolean noPayloads) {
        int authority = url.indexOf("://") + "://".length();
        if (!url.regionMatches(true, 0, "http://", 0, authority)
                && !url.regionMatches(true, 0, "https://", 0, authority)) {
            throw refused("does not begin with http:// or https://");
        }
        // No host and no database has an @ in its name, so that a password may have one as it is.
        int at = url.lastIndexOf('@');
        Optional<Credentials> credentials = at < 0 ? given : Optional.of(credentials(url.substring(authority, at)));
        URI address = address(url.substring(0, authority) + url.substring(Math.max(authority, at + 1)));
        String path = address.getRawPath().replaceAll("/+$", "");
        int name = path.lastIndexOf('/') + 1;
        Optional<String> database = path.isEmpty() ? Optional.empty() : Optional.of(decoded(path.substring(name)));
        URI server = URI.create(address.getScheme() + "://" + address.getRawAuthority()
                + (name <= 1 ? "" : path.substring(0, name - 1)));
        return new CouchSettings(server, database, credentials, login, caFile, noPayloads);
    }

    /** The same with the database found. */
    CouchSettings with(String found) {
        return new CouchSettings(server, Optional.of(found), credentials, login, caFile, noPayloads);
    }

    /** {@code database whisk_local_activations at http://localhost:5984}. */
    @Override
    public String toString() {
        return (database.isPresent() ? "database " + database.get() : "CouchDB") + " at " + server;
    }

    private static Credentials credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        return colon < 0
                ? new Credentials(decoded(userInfo), "")
                : new Credentials(decoded(userInfo.substring(0, colon)), decoded(userInfo.substring(colon + 1)));
    }

    private static URI address(String url) {
        try {
            URI address = new URI(url);
            if (address.getHost() == null || address.getPort() > 65535) {
                throw refused("names no host and port");
            }
            if (address.getRawQuery() != null || address.getRawFragment() != null) {
                throw refused("has something behind the database's name");
            }
            return address;
        } catch (URISyntaxException e) {
            // The exception quotes the URL, so it is no cause.
            throw refused("is no URL");
        }
    }

    /** Without {@code +} for a blank, which only forms have. */
    private static String decoded(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(3 * text.length());
        for (int i = 0; i < text.length(); ) {
            if (text.charAt(i) == '%') {
                if (i + 3 > text.length() || !text.substring(i + 1, i + 3).matches("[0-9a-fA-F]{2}")) {
                    throw refused("has a % that begins no percent-encoded character");
                }
                bytes.put((byte) Integer.parseInt(text, i + 1, i + 3, 16));
                i += 3;
            } else {
                int end = text.offsetByCodePoints(i, 1);
                bytes.put(text.substring(i, end).getBytes(StandardCharsets.UTF_8));
                i = end;
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            throw refused("has percent-encoded characters that are not UTF-8");
        }
    }

    private static WhisktapeException refused(String what) {
        return WhisktapeException.refused("Invalid value for option '--couchdb': what was given " + what + TAKES);
    }
}
