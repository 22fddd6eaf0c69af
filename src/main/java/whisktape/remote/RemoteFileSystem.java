package whisktape.remote;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileStore;
import java.nio.file.FileSystem;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.WatchService;
import java.nio.file.attribute.UserPrincipalLookupService;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.fs.FilterFileSystem;
import org.apache.hadoop.fs.Options;
import whisktape.WhisktapeException;

/** A file system that Hadoop reaches, as one of the JDK's. It is open until the process ends. */
final class RemoteFileSystem extends FileSystem {
    private static final Map<String, RemoteFileSystem> OPEN = new ConcurrentHashMap<>();

    /** Where a rename is one step for everybody, also onto a name that is taken. Elsewhere it may be copying and deleting. */
    private static final Set<String> ATOMIC_RENAME = Set.of("hdfs", "webhdfs", "swebhdfs");

    private final String scheme;
    private final String root;

    /** Null until somebody reads or writes: a path alone needs nothing of Hadoop. */
    private org.apache.hadoop.fs.FileSystem hadoop;

    /** Why it cannot be had. A second attempt could stumble over what the first has left, and say that instead. */
    private WhisktapeException failure;

    private RemoteFileSystem(String scheme, String root) {
        this.scheme = scheme;
        this.root = root;
    }

    /** The one of this URI; the same object for the same URI. */
    static RemoteFileSystem of(String scheme, String authority) {
        String lower = scheme.toLowerCase(Locale.ROOT);
        return OPEN.computeIfAbsent(lower + "://" + authority, root -> new RemoteFileSystem(lower, root));
    }

    /** Hadoop's own; throws {@link WhisktapeException} where it cannot be had. */
    synchronized org.apache.hadoop.fs.FileSystem hadoop() {
        if (failure != null) {
            throw failure;
        }
        if (hadoop == null) {
            try {
                hadoop = Connectors.open(scheme, root);
            } catch (WhisktapeException e) {
                failure = e;
                throw e;
            }
        }
        return hadoop;
    }

    org.apache.hadoop.fs.Path toHadoop(Path absolute) {
        URI uri = hadoop().getUri();
        return new org.apache.hadoop.fs.Path(uri.getScheme(), uri.getAuthority(), absolute.toString());
    }

    boolean hasAtomicRename() {
        return ATOMIC_RENAME.contains(scheme);
    }

    /** Renames in one step. */
    void rename(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to, Options.Rename how) throws IOException {
        new Renaming(hadoop()).renameAtOnce(from, to, how);
    }

    /** Hadoop offers renaming onto a taken name to subclasses alone. */
    private static final class Renaming extends FilterFileSystem {
        Renaming(org.apache.hadoop.fs.FileSystem files) {
            super(files);
        }

        @SuppressWarnings("deprecation")
        void renameAtOnce(org.apache.hadoop.fs.Path from, org.apache.hadoop.fs.Path to, Options.Rename how)
                throws IOException {
            rename(from, to, how);
        }
    }

    @Override
    public RemoteFiles provider() {
        return RemoteFiles.INSTANCE;
    }

    @Override
    public Path getPath(String first, String... more) {
        return new RemotePath(this, Path.of(first, more).normalize());
    }

    @Override
    public String getSeparator() {
        return "/";
    }

    @Override
    public Iterable<Path> getRootDirectories() {
        return List.of(getPath("/"));
    }

    @Override
    public Iterable<FileStore> getFileStores() {
        return List.of();
    }

    @Override
    public Set<String> supportedFileAttributeViews() {
        return Set.of("basic");
    }

    @Override
    public boolean isOpen() {
        return true;
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException("it is open until the process ends");
    }

    @Override
    public PathMatcher getPathMatcher(String pattern) {
        throw new UnsupportedOperationException("no patterns in " + this);
    }

    @Override
    public UserPrincipalLookupService getUserPrincipalLookupService() {
        throw new UnsupportedOperationException("no users in " + this);
    }

    @Override
    public WatchService newWatchService() {
        throw new UnsupportedOperationException("nobody watches " + this);
    }

    @Override
    public String toString() {
        return root;
    }
}
