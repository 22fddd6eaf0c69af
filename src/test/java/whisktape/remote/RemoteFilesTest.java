package whisktape.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.WhisktapeException;

/** What the JDK's {@link Files} does with paths of another file system. */
final class RemoteFilesTest {
    @TempDir
    private Path temp;

    private Path folder;

    @BeforeEach
    void open() {
        folder = Places.of(ObjectStore.uriOf(temp) + "/recordings");
    }

    @ParameterizedTest
    @CsvSource({
        "recordings/run1, recordings/run1",
        "file:///tmp/run1, /tmp/run1",
        "file:/tmp/run1, /tmp/run1",
        "file:///tmp/a%20b, /tmp/a b",
        "file:///tmp/a b, /tmp/a b",
        "file:name, file:name",
        "a:b, a:b",
        "hdfs://namenode:8020/run1, hdfs://namenode:8020/run1",
        "HDFS://namenode/runs/../run1, hdfs://namenode/run1",
        "hdfs:///run 1, hdfs:///run 1",
        "s3a://bucket, s3a://bucket/"
    })
    void aTextIsAPlace(String text, String place) {
        assertThat(Places.of(text)).hasToString(place);
        assertThat(Places.isRemote(Places.of(text))).isEqualTo(place.contains("://"));
    }

    @Test
    void refusesKeysInAUriWithoutSayingThem() {
        assertThatThrownBy(() -> Places.of("s3a://AKIA:secret@bucket/run1"))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("AWS_ACCESS_KEY_ID")
                .message()
                .doesNotContain("secret");
    }

    @Test
    void saysWhereToPutAConnectorThatIsMissing() {
        assertThatThrownBy(() -> Files.exists(Places.of("nobody://speaks/this")))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("nothing here speaks nobody")
                .hasMessageContaining("connectors");
    }

    @Test
    void pathsArePutTogetherAsLocalOnesAre() {
        Path file = folder.resolve("run1").resolve("events/a.parquet");

        assertThat(file).hasToString("objects://" + temp + "/recordings/run1/events/a.parquet");
        assertThat(file.getFileName()).hasToString("a.parquet");
        assertThat(file.endsWith("a.parquet")).isTrue();
        assertThat(file.startsWith(folder)).isTrue();
        assertThat(file.startsWith(Path.of("/"))).isFalse();
        assertThat(file.getParent().resolveSibling("x")).hasToString(folder + "/run1/x");
        assertThat(folder.relativize(file)).hasToString("run1/events/a.parquet");
        assertThat(file).isEqualTo(Places.of(file.toString())).isNotEqualTo(Path.of("/a"));
    }

    @Test
    void whatIsWrittenIsThereOnceItIsClosed() throws IOException {
        Path file = folder.resolve("a/b.txt");
        try (OutputStream out = Files.newOutputStream(file)) {
            out.write(bytes("hello"));
            assertThat(Files.exists(file)).isFalse();
        }

        assertThat(Files.readString(file)).isEqualTo("hello");
        assertThat(Files.size(file)).isEqualTo(5);
        assertThat(Files.isRegularFile(file)).isTrue();
        assertThat(Files.isDirectory(file.getParent())).isTrue();
        assertThatThrownBy(() -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW))
                .isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void nothingAppearsOfWhatCouldNotBeReadToItsEnd() {
        Path file = folder.resolve("half");
        InputStream broken = new InputStream() {
            private int left = 100_000;

            @Override
            public int read() throws IOException {
                if (left-- <= 0) {
                    throw new IOException("the disk is gone");
                }
                return 'x';
            }
        };

        assertThatThrownBy(() -> Places.upload(Channels.newChannel(broken), file, true))
                .hasMessage("the disk is gone");
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void readsHereAndThere() throws IOException {
        Path file = folder.resolve("numbers");
        Places.upload(Channels.newChannel(new ByteArrayInputStream(bytes("0123456789"))), file, false);
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            assertThat(channel.size()).isEqualTo(10);
            assertThat(read(channel.position(7), ByteBuffer.allocate(3))).isEqualTo("789");
            assertThat(read(channel.position(2), ByteBuffer.allocateDirect(2))).isEqualTo("23");
            assertThat(channel.position()).isEqualTo(4);
            assertThat(channel.position(99).read(ByteBuffer.allocate(1))).isEqualTo(-1);
        }
    }

    @Test
    void listsMakesAndDeletes() throws IOException {
        Files.createDirectories(folder.resolve("run1/events"));
        Files.createDirectories(folder.resolve("run1/events"));
        Path file = folder.resolve("run1/events/[*]=a b");
        Files.writeString(file, "x");

        try (Stream<Path> all = Files.walk(folder)) {
            assertThat(all).containsExactly(folder, folder.resolve("run1"), folder.resolve("run1/events"), file);
        }
        assertThatThrownBy(() -> Files.delete(folder.resolve("run1/events")))
                .isInstanceOf(DirectoryNotEmptyException.class);
        Files.delete(file);
        assertThat(Files.deleteIfExists(file)).isFalse();
        assertThatThrownBy(() -> Files.delete(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.size(file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> Files.list(file)).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void refusesAMoveThatWouldNotBeOneStep() throws IOException {
        Files.writeString(folder.resolve("a"), "x");

        assertThatThrownBy(() -> Files.move(folder.resolve("a"), folder.resolve("b"), StandardCopyOption.ATOMIC_MOVE))
                .isInstanceOf(AtomicMoveNotSupportedException.class);
        assertThat(Places.renameAtOnce(folder)).isFalse();
        assertThat(Places.renameAtOnce(temp)).isTrue();
        assertThat(Places.renameAtOnce(Places.of("hdfs://namenode/a"))).isTrue();
    }

    @Test
    void saysWhatNeedsADiskOfThisMachine() {
        assertThatThrownBy(() -> FileChannel.open(folder.resolve("a"), StandardOpenOption.READ))
                .isInstanceOf(WhisktapeException.class)
                .hasMessageContaining("it has to be on a disk of this machine");
    }

    private static String read(SeekableByteChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.read(buffer);
        }
        return StandardCharsets.UTF_8.decode(buffer.flip()).toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
