package whisktape.remote;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.ProviderMismatchException;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Objects;

/** A path in a remote file system. How names are put together is that of local paths, so one of these does it. */
final class RemotePath implements Path {
    private final RemoteFileSystem files;
    private final Path names;

    RemotePath(RemoteFileSystem files, Path names) {
        this.files = files;
        this.names = names;
    }

    /** What Hadoop calls it. */
    org.apache.hadoop.fs.Path toHadoop() {
        return files.toHadoop(names.isAbsolute() ? names : Path.of("/").resolve(names));
    }

    @Override
    public RemoteFileSystem getFileSystem() {
        return files;
    }

    @Override
    public boolean isAbsolute() {
        return names.isAbsolute();
    }

    @Override
    public Path getRoot() {
        return with(names.getRoot());
    }

    @Override
    public Path getFileName() {
        return with(names.getFileName());
    }

    @Override
    public Path getParent() {
        return with(names.getParent());
    }

    @Override
    public int getNameCount() {
        return names.getNameCount();
    }

    @Override
    public Path getName(int index) {
        return with(names.getName(index));
    }

    @Override
    public Path subpath(int from, int until) {
        return with(names.subpath(from, until));
    }

    @Override
    public boolean startsWith(Path other) {
        return other instanceof RemotePath path && path.files == files && names.startsWith(path.names);
    }

    @Override
    public boolean endsWith(Path other) {
        return other instanceof RemotePath path && path.files == files && names.endsWith(path.names);
    }

    @Override
    public Path normalize() {
        return with(names.normalize());
    }

    @Override
    public Path resolve(Path other) {
        return with(names.resolve(namesOf(other)));
    }

    @Override
    public Path relativize(Path other) {
        return with(names.relativize(namesOf(other)));
    }

    @Override
    public URI toUri() {
        return toHadoop().toUri();
    }

    @Override
    public Path toAbsolutePath() {
        return isAbsolute() ? this : with(Path.of("/").resolve(names));
    }

    @Override
    public Path toRealPath(LinkOption... options) throws IOException {
        files.provider().checkAccess(this);
        return toAbsolutePath().normalize();
    }

    @Override
    public File toFile() {
        throw new UnsupportedOperationException(this + " is on no disk of this machine");
    }

    @Override
    public WatchKey register(WatchService watcher, WatchEvent.Kind<?>[] events, WatchEvent.Modifier... modifiers) {
        throw new UnsupportedOperationException("nobody watches a remote folder");
    }

    @Override
    public int compareTo(Path other) {
        RemotePath path = (RemotePath) other;
        int byFiles = files.toString().compareTo(path.files.toString());
        return byFiles == 0 ? names.compareTo(path.names) : byFiles;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RemotePath path && path.files == files && path.names.equals(names);
    }

    @Override
    public int hashCode() {
        return Objects.hash(files, names);
    }

    /** As a user types it: the URI, or a name alone. */
    @Override
    public String toString() {
        return isAbsolute() ? files + names.toString() : names.toString();
    }

    private Path with(Path result) {
        return result == null ? null : new RemotePath(files, result);
    }

    private Path namesOf(Path other) {
        if (other instanceof RemotePath path && path.files == files) {
            return path.names;
        }
        throw new ProviderMismatchException(other + " is not in " + files);
    }
}
