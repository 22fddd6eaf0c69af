package whisktape.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.AccessMode;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.CopyOption;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileStore;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.FileAttributeView;
import java.nio.file.attribute.FileTime;
import java.nio.file.spi.FileSystemProvider;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStreamBuilder;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Options;
import org.apache.hadoop.util.functional.FutureIO;
import whisktape.WhisktapeException;

/**
 * What {@link java.nio.file.Files} does with remote paths. A file is written from its beginning, once, and is durable when it is
 * closed; a move is atomic or refused.
 */
final class RemoteFiles extends FileSystemProvider {
    static final RemoteFiles INSTANCE = new RemoteFiles();

    private static final String CONDITIONAL = Options.CreateFileOptionKeys.FS_OPTION_CREATE_CONDITIONAL_OVERWRITE;
    private static final String READ_POLICY = Options.OpenFileOptions.FS_OPTION_OPENFILE_READ_POLICY;

    private RemoteFiles() {}

    /** Hadoop's work on a path, with what goes wrong as the JDK says it. */
    private interface Work<T> {
        T on(org.apache.hadoop.fs.FileSystem files, org.apache.hadoop.fs.Path path) throws IOException;
    }

    private static <T> T with(Path path, Work<T> work) throws IOException {
        RemotePath remote = (RemotePath) path;
        try {
            return work.on(remote.getFileSystem().hadoop(), remote.toHadoop());
        } catch (IOException e) {
            throw Failures.of(remote, e);
        }
    }

    static FileStatus status(Path path) throws IOException {
        return with(path, org.apache.hadoop.fs.FileSystem::getFileStatus);
    }

    @Override
    public String getScheme() {
        return "hadoop";
    }

    @Override
    public java.nio.file.FileSystem newFileSystem(URI uri, Map<String, ?> settings) {
        throw new UnsupportedOperationException("places are opened by their text");
    }

    @Override
    public java.nio.file.FileSystem getFileSystem(URI uri) {
        return getPath(uri).getFileSystem();
    }

    @Override
    public Path getPath(URI uri) {
        return Places.of(
                uri.getScheme() + "://" + (uri.getAuthority() == null ? "" : uri.getAuthority()) + uri.getPath());
    }

    /** For reading here and there, as Parquet files are read. */
    @Override
    public SeekableByteChannel newByteChannel(
            Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) throws IOException {
        if (options.contains(StandardOpenOption.WRITE) || options.contains(StandardOpenOption.APPEND)) {
            throw new UnsupportedOperationException("remote files are written as streams");
        }
        FileStatus status = status(path);
        return new RemoteChannel(open(path, "parquet, random"), status.getLen());
    }

    /** What locks a file, maps it, or writes here and there. */
    @Override
    public FileChannel newFileChannel(Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes) {
        throw WhisktapeException.refused("cannot use " + path + " here: it has to be on a disk of this machine");
    }

    /** For reading from beginning to end. */
    @Override
    public InputStream newInputStream(Path path, OpenOption... options) throws IOException {
        return open(path, "whole-file, sequential");
    }

    private static FSDataInputStream open(Path path, String readPolicy) throws IOException {
        return with(
                path,
                (files, file) -> FutureIO.awaitFuture(
                        files.openFile(file).opt(READ_POLICY, readPolicy).build()));
    }

    @Override
    public OutputStream newOutputStream(Path path, OpenOption... options) throws IOException {
        List<OpenOption> how = Arrays.asList(options);
        if (how.contains(StandardOpenOption.APPEND)) {
            throw new UnsupportedOperationException("nothing is appended to remote files");
        }
        return create(path, !how.contains(StandardOpenOption.CREATE_NEW));
    }

    static RemoteOutput create(Path path, boolean overwrite) throws IOException {
        return with(path, (files, file) -> {
            FSDataOutputStreamBuilder<?, ?> builder = files.createFile(file);
            builder.overwrite(overwrite).recursive();
            // In an object store that can: what came in between is not replaced when this is closed.
            builder.opt(CONDITIONAL, !overwrite);
            return new RemoteOutput((RemotePath) path, builder.build(), overwrite);
        });
    }

    @Override
    public DirectoryStream<Path> newDirectoryStream(Path folder, DirectoryStream.Filter<? super Path> filter)
            throws IOException {
        if (!status(folder).isDirectory()) {
            throw new NotDirectoryException(folder.toString());
        }
        List<Path> accepted = new ArrayList<>();
        for (FileStatus found : with(folder, org.apache.hadoop.fs.FileSystem::listStatus)) {
            Path path = folder.resolve(
                    folder.getFileSystem().getPath(found.getPath().getName()));
            if (filter.accept(path)) {
                accepted.add(path);
            }
        }
        return new Listing(accepted);
    }

    /** What was in a folder when it was listed. */
    private record Listing(List<Path> paths) implements DirectoryStream<Path> {
        @Override
        public java.util.Iterator<Path> iterator() {
            return paths.iterator();
        }

        @Override
        public void close() {}
    }

    @Override
    public void createDirectory(Path folder, FileAttribute<?>... attributes) throws IOException {
        boolean isThere = with(folder, org.apache.hadoop.fs.FileSystem::exists);
        if (isThere || !with(folder, org.apache.hadoop.fs.FileSystem::mkdirs)) {
            throw new FileAlreadyExistsException(folder.toString());
        }
    }

    @Override
    public void delete(Path path) throws IOException {
        if (status(path).isDirectory() && with(path, org.apache.hadoop.fs.FileSystem::listStatus).length > 0) {
            throw new DirectoryNotEmptyException(path.toString());
        }
        if (!with(path, (files, file) -> files.delete(file, false))) {
            throw new NoSuchFileException(path.toString());
        }
    }

    @Override
    public void copy(Path from, Path to, CopyOption... options) {
        throw new UnsupportedOperationException("remote files are copied by their readers");
    }

    @Override
    public void move(Path from, Path to, CopyOption... options) throws IOException {
        RemoteFileSystem files = ((RemotePath) from).getFileSystem();
        if (!files.hasAtomicRename() || to.getFileSystem() != files) {
            throw new AtomicMoveNotSupportedException(
                    from.toString(), to.toString(), "there a rename is not one step, as it is on hdfs");
        }
        Options.Rename how = Arrays.asList(options).contains(StandardCopyOption.REPLACE_EXISTING)
                ? Options.Rename.OVERWRITE
                : Options.Rename.NONE;
        with(from, (hadoop, file) -> {
            files.rename(file, ((RemotePath) to).toHadoop(), how);
            return null;
        });
    }

    @Override
    public boolean isSameFile(Path one, Path other) {
        return one.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
    }

    @Override
    public boolean isHidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }

    @Override
    public FileStore getFileStore(Path path) {
        throw new UnsupportedOperationException("nobody knows how much room there is at " + path);
    }

    /** Who may write shows when somebody writes. */
    @Override
    public void checkAccess(Path path, AccessMode... modes) throws IOException {
        status(path);
    }

    @Override
    public <A extends BasicFileAttributes> A readAttributes(Path path, Class<A> type, LinkOption... options)
            throws IOException {
        return type.cast(new Attributes(status(path)));
    }

    @Override
    public Map<String, Object> readAttributes(Path path, String attributes, LinkOption... options) throws IOException {
        FileStatus status = status(path);
        return Map.of("size", status.getLen(), "isDirectory", status.isDirectory());
    }

    @Override
    public void setAttribute(Path path, String attribute, Object value, LinkOption... options) {
        throw new UnsupportedOperationException("attributes of remote files are not set");
    }

    @Override
    public <V extends FileAttributeView> V getFileAttributeView(Path path, Class<V> type, LinkOption... options) {
        return type == BasicFileAttributeView.class ? type.cast(new View(path)) : null;
    }

    private record View(Path path) implements BasicFileAttributeView {
        @Override
        public String name() {
            return "basic";
        }

        @Override
        public BasicFileAttributes readAttributes() throws IOException {
            return new Attributes(status(path));
        }

        @Override
        public void setTimes(FileTime modified, FileTime accessed, FileTime created) {
            throw new UnsupportedOperationException("times of remote files are not set");
        }
    }

    private record Attributes(FileStatus status) implements BasicFileAttributes {
        @Override
        public FileTime lastModifiedTime() {
            return FileTime.fromMillis(status.getModificationTime());
        }

        @Override
        public FileTime lastAccessTime() {
            return FileTime.fromMillis(status.getAccessTime());
        }

        @Override
        public FileTime creationTime() {
            return lastModifiedTime();
        }

        @Override
        public boolean isRegularFile() {
            return status.isFile();
        }

        @Override
        public boolean isDirectory() {
            return status.isDirectory();
        }

        @Override
        public boolean isSymbolicLink() {
            return status.isSymlink();
        }

        @Override
        public boolean isOther() {
            return !isRegularFile() && !isDirectory() && !isSymbolicLink();
        }

        @Override
        public long size() {
            return status.getLen();
        }

        @Override
        public Object fileKey() {
            return null;
        }
    }
}
