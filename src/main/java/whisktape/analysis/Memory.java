package whisktape.analysis;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/** How much memory DuckDB may use before it spills to the disk. */
final class Memory {
    /** Enough for a report on ten million activations, which half of it was not; DuckDB itself would take 80 % of the machine. */
    private static final long USUAL_MEBIBYTES = 3_072;

    private Memory() {}

    /** In mebibytes; on a small machine half of what it has, since the JVM's own heap may grow to a quarter. */
    static long mebibytes() {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return Math.min(USUAL_MEBIBYTES, machine.getTotalMemorySize() / 2 >> 20);
    }
}
