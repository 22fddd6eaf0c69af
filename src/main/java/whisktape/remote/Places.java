package whisktape.remote;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.WhisktapeException;

/**
 * Where something is: a path of this machine, or a URI like {@code hdfs://namenode/recordings/run1} of a file system that Hadoop
 * reaches. Nothing of Hadoop is loaded before somebody reads or writes at a URI.
 */
public final class Places {
    /** No address of the web: what Hadoop has for these can only open a file, and others may have typed a password into it. */
    private static final Pattern URI_OF_A_PLACE =
            Pattern.compile("(?s)(?!(?i:https?):)(?<scheme>[A-Za-z][A-Za-z0-9+.-]+)://(?<authority>[^/]*)(?<path>.*)");

    private static final Pattern WITHOUT_HOST =
            Pattern.compile("(?s)(?<scheme>(?i:hdfs|webhdfs|viewfs|s3a?|abfss?|gs|ofs)):/(?!/).*");

    private static final int ATTEMPTS = 10;
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private Places() {}

    /**
     * The path that a user has typed.
     *
     * @throws WhisktapeException refused, where it is a URI that cannot be one
     */
    public static Path of(String text) {
        if (text.regionMatches(true, 0, "file:", 0, "file:".length())) {
            return ofFile(text);
        }
        requireHost(text);
        Matcher uri = URI_OF_A_PLACE.matcher(text);
        if (!uri.matches()) {
            return Path.of(text);
        }
        requireNoSecret(uri.group("scheme"), uri.group("authority"));
        return RemoteFileSystem.of(uri.group("scheme"), uri.group("authority")).getPath("/", uri.group("path"));
    }

    /** True if it is not on a disk of this machine. */
    public static boolean isRemote(Path path) {
        return path instanceof RemotePath;
    }

    /**
     * True where a file can get its final name in one step: on this machine and on HDFS. Elsewhere a file is written under its final
     * name, and appears when it is closed.
     */
    public static boolean renameAtOnce(Path path) {
        return !(path instanceof RemotePath remote) || remote.getFileSystem().hasAtomicRename();
    }

    /**
     * Writes a remote file that appears as a whole; if reading fails, none appears.
     *
     * @param from from its position on
     * @param overwrite whether it may take the place of another one
     */
    public static void upload(ReadableByteChannel from, Path to, boolean overwrite) throws IOException {
        RemoteOutput out = RemoteFiles.create(to, overwrite);
        try {
            Channels.newInputStream(from).transferTo(out);
            out.close();
        } catch (IOException | RuntimeException e) {
            out.abort();
            throw e;
        }
    }

    /**
     * Reads a small file that others may replace meanwhile. A remote file system notices that between two requests and gives up, so
     * that is tried again.
     */
    public static byte[] readReplaced(Path file) throws IOException {
        for (int attempt = 1; ; attempt++) {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                throw e;
            } catch (IOException e) {
                if (!isRemote(file) || attempt == ATTEMPTS) {
                    throw e;
                }
                LockSupport.parkNanos(BETWEEN_ATTEMPTS.toNanos());
            }
        }
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
