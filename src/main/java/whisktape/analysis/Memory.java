package whisktape.analysis;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory DuckDB may use before it spills to the disk. */
final class Memory {
    /** With the JVM, which takes 300 MiB, and what DuckDB holds beside its limit, some 2 GiB; with 1 GiB, twelve days have too many seconds. */
    private static final long USUAL_MEBIBYTES = 1_280;

    private Memory() {}

    /** In mebibytes; on a small machine half of what it has, since the JVM's own heap may grow to a quarter. */
    static long mebibytes() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.min(USUAL_MEBIBYTES, machine.getTotalMemorySize() / 2 >> 20);
    }
}
