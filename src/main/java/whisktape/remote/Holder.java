package whisktape.remote;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Who holds a lock, as the lock file says it.
 *
 * @param id of this one holding, nobody else's
 * @param host for people
 * @param machine one kernel, one boot, one container: only there a process id means something; empty where nobody can tell
 * @param process its id there
 * @param started when that process began, epoch milliseconds; 0 where nobody can tell
 */
record Holder(String id, String host, String machine, long process, long started) {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path PROCESSES = Path.of("/proc/self/ns/pid");

    /** This process, holding a lock once more. */
    static Holder here() {
        ProcessHandle process = ProcessHandle.current();
        return new Holder(UUID.randomUUID().toString(), hostName(), thisMachine(), process.pid(), startOf(process));
    }

    /** What {@link #toText} made; empty if it is something else, or was not written to its end. */
    static Optional<Holder> of(byte[] text) {
        Map<String, String> fields = new HashMap<>();
        new String(text, StandardCharsets.UTF_8).lines().forEach(line -> {
            int colon = line.indexOf(": ");
            if (colon > 0) {
                fields.put(line.substring(0, colon), line.substring(colon + 2));
            }
        });
        try {
            return Optional.of(new Holder(
                    fields.get("holder"),
                    fields.get("host"),
                    fields.get("machine"),
                    Long.parseLong(fields.get("process")),
                    Long.parseLong(fields.get("started"))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    byte[] toText() {
        return "holder: %s\nhost: %s\nmachine: %s\nprocess: %d\nstarted: %d\n"
                .formatted(id, host, machine, process, started)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** True if it was a process of this machine and is none any more. */
    boolean isKnownToBeGone() {
        if (machine == null || machine.isEmpty() || !machine.equals(thisMachine())) {
            return false;
        }
        return ProcessHandle.of(process)
                .map(running -> startOf(running) != started)
                .orElse(true);
    }

    /** For a message. */
    String describe() {
        return "process " + process + " on " + host;
    }

    private static long startOf(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "a host without a name";
        }
    }

    private static String thisMachine() {
        try {
            return Files.readString(BOOT).strip() + " "
                    + Files.readSymbolicLink(PROCESSES).getFileName();
        } catch (IOException | UnsupportedOperationException e) {
            return "";
        }
    }
}
