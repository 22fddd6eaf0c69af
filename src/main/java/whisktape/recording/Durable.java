package whisktape.recording;

import java.io.ByteArrayInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import whisktape.remote.Places;

/** Changes to a folder that a crash or power cut leaves either done or not begun. */
final class Durable {
    private Durable() {}

    /** A new file for a stream of bytes, which is on the disk once it is closed. */
    static OutputStream create(Path file) throws IOException {
        if (Places.isRemote(file)) {
            return Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        }
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        return new FilterOutputStream(Channels.newOutputStream(channel)) {
            @Override
            public void write(byte[] bytes, int from, int length) throws IOException {
                out.write(bytes, from, length);
            }

            @Override
            public void close() throws IOException {
                try (channel) {
                    if (channel.isOpen()) {
                        channel.force(true);
                    }
                }
            }
        };
    }

    /** Gives a file that is already on the disk its final name, replacing what had it. */
    static void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        forceFolder(to.getParent());
    }

    /** Gives a damaged file another name; where there are no renames, in two steps, of which the first can be taken again. */
    static void moveAside(Path from, Path to) throws IOException {
        if (Places.renameAtOnce(from)) {
            rename(from, to);
            return;
        }
        try (SeekableByteChannel bytes = Files.newByteChannel(from)) {
            Places.upload(bytes, to, true);
        }
        Files.delete(from);
    }

    /** Replaces a small file's contents. */
    static void replace(Path file, byte[] contents) throws IOException {
        if (!Places.renameAtOnce(file)) {
            Places.upload(Channels.newChannel(new ByteArrayInputStream(contents)), file, true);
            return;
        }
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        // One that a kill left behind; or a link, in somebody else's recording, which must not be followed.
        Files.deleteIfExists(draft);
        try (OutputStream out = create(draft)) {
            out.write(contents);
        }
        rename(draft, file);
    }

    /** Brings the names in a folder to the disk; a remote file system does so itself. */
    static void forceFolder(Path folder) throws IOException {
        if (Places.isRemote(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    static MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }

    static String sha256(Path file) throws IOException {
        MessageDigest digest = newDigest();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
