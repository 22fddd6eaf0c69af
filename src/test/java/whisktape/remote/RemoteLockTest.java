package whisktape.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RemoteLockTest {
    private static final RemoteLock.Timing QUICK = new RemoteLock.Timing(
            Duration.ofMillis(50), Duration.ofMillis(1500), Duration.ofMillis(100), Duration.ofSeconds(60));

    /** Its holder gives no sign of life while a test runs. */
    private static final RemoteLock.Timing SILENT = new RemoteLock.Timing(
            Duration.ofHours(1), Duration.ofMillis(1500), Duration.ofMillis(100), Duration.ofSeconds(60));

    private static final Holder ELSEWHERE = new Holder("id", "elsewhere", "another machine", 1, 0);

    @TempDir
    private Path temp;

    private Path file;

    @BeforeEach
    void open() {
        file = Places.of(ObjectStore.uriOf(temp) + "/.lock");
    }

    @Test
    void isHeldByOneAndFreeAfterwards() throws IOException {
        RemoteLock lock = acquire(QUICK).orElseThrow();
        try (lock) {
            assertThat(lock.isHeld()).isTrue();
            assertThat(RemoteLock.isHeld(file)).isTrue();
            assertThat(acquire(QUICK)).isEmpty();
        }

        assertThat(Files.exists(file)).isFalse();
        assertThat(RemoteLock.isHeld(file)).isFalse();
        acquire(QUICK).orElseThrow().close();
    }

    @Test
    void isTakenAtOnceFromAProcessOfThisMachineThatIsGone() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Holder here = Holder.here();
        Files.write(file, new Holder("id", here.host(), here.machine(), gone.pid(), 1).toText());

        assertThat(RemoteLock.isHeld(file)).isFalse();
        acquire(SILENT).orElseThrow().close();
    }

    @Test
    void isTakenFromAHolderElsewhereWhoGivesNoSignOfLife() throws IOException {
        Files.write(file, ELSEWHERE.toText());
        assertThat(RemoteLock.isHeld(file)).isTrue();

        try (RemoteLock lock = acquire(QUICK).orElseThrow()) {
            assertThat(lock.isHeld()).isTrue();
        }
    }

    @Test
    void isNotTakenFromAHolderElsewhereWhoseClockIsWrongButWhoLives() throws IOException {
        RemoteLock theirs = RemoteLock.tryAcquire(file, ELSEWHERE, QUICK).orElseThrow();
        try (theirs) {
            assertThat(acquire(QUICK)).isEmpty();
            assertThat(theirs.isHeld()).isTrue();
        }
    }

    @Test
    void tellsWhoSleptThatItIsNotHisAnyMoreAndLeavesItAlone() throws IOException {
        RemoteLock asleep = RemoteLock.tryAcquire(file, ELSEWHERE, SILENT).orElseThrow();
        RemoteLock next = acquire(QUICK).orElseThrow();
        try (next) {
            assertThat(asleep.isHeld()).isFalse();
            asleep.close();
            assertThat(next.isHeld()).isTrue();
        }
    }

    @Test
    void aHalfWrittenLockBecomesFreeToo() throws IOException {
        Files.writeString(file, "holder: 12");

        acquire(QUICK).orElseThrow().close();
    }

    @Test
    void looksOldAfterAMinuteWithoutASign() throws IOException {
        Files.write(file, ELSEWHERE.toText());
        Files.setLastModifiedTime(
                temp.resolve(".lock"), FileTime.from(Instant.now().minus(Duration.ofMinutes(2))));

        assertThat(RemoteLock.isHeld(file)).isFalse();
    }

    @Test
    void ofManyWhoWantAFreeLockOneGetsIt() {
        // Between looking and writing nobody stands still for so long.
        RemoteLock.Timing patient = new RemoteLock.Timing(
                Duration.ofMillis(50), Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(60));
        AtomicInteger holders = new AtomicInteger();
        List<Thread> all = IntStream.range(0, 8)
                .mapToObj(each -> new Thread(() -> {
                    try {
                        acquire(patient).ifPresent(lock -> holders.incrementAndGet());
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                }))
                .toList();
        all.forEach(Thread::start);

        await().until(() -> all.stream().noneMatch(Thread::isAlive));
        assertThat(holders).hasValue(1);
    }

    private Optional<RemoteLock> acquire(RemoteLock.Timing timing) throws IOException {
        return RemoteLock.tryAcquire(file, Holder.here(), timing);
    }
}
