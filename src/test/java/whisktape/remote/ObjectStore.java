package whisktape.remote;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardCopyOption;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.permission.FsPermission;
import org.apache.hadoop.util.Progressable;

/**
 * A file system that can what an object store can: a file appears when it is closed, all of it; nothing is renamed, nothing appended. Its
 * URIs are {@code objects:///PATH}, the files are those of this machine.
 */
public final class ObjectStore extends RawLocalFileSystem {
    private static final URI NAME = URI.create("objects:///");

    /** Makes Hadoop know it in this process. */
    public static String uriOf(java.nio.file.Path folder) {
        System.setProperty("fs.objects.impl", ObjectStore.class.getName());
        return "objects://" + folder.toAbsolutePath();
    }

    @Override
    public URI getUri() {
        return NAME;
    }

    @Override
    public void initialize(URI name, Configuration settings) throws IOException {
        super.initialize(NAME, settings);
    }

    @Override
    public FSDataOutputStream create(
            Path path,
            FsPermission permission,
            boolean overwrite,
            int bufferSize,
            short replication,
            long blockSize,
            Progressable progress)
            throws IOException {
        if (!overwrite && exists(path)) {
            throw new FileAlreadyExistsException(path + " is there");
        }
        return new FSDataOutputStream(new Upload(pathToFile(path).toPath()), null);
    }

    @Override
    public boolean rename(Path from, Path to) throws IOException {
        throw new IOException("nothing is renamed here");
    }

    @Override
    public FSDataOutputStream append(Path path, int bufferSize, Progressable progress) {
        throw new UnsupportedOperationException("nothing is appended here");
    }

    /** Hides what is being uploaded, also from listings. */
    private static final class Upload extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private final java.nio.file.Path place;

        Upload(java.nio.file.Path place) {
            this.place = place;
        }

        @Override
        public void write(int b) {
            bytes.write(b);
        }

        @Override
        public void write(byte[] some, int from, int length) {
            bytes.write(some, from, length);
        }

        @Override
        public void close() throws IOException {
            Files.createDirectories(place.getParent());
            java.nio.file.Path draft =
                    Files.createTempFile("object-", UUID.randomUUID().toString());
            Files.write(draft, bytes.toByteArray());
            // Without this the JDK deletes the old one first.
            Files.move(draft, place, StandardCopyOption.ATOMIC_MOVE);
        }
    }
}
