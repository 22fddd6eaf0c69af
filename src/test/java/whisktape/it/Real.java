package whisktape.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What a machine cannot have is skipped with a sentence; where {@code -Dreal=required}, as CI runs it, that fails. */
final class Real {
    private Real() {}

    /** Goes on only if the machine has it. */
    static void require(String what, boolean isThere) {
        if ("required".equals(System.getProperty("real"))) {
            assertThat(isThere).as("this machine lacks " + what).isTrue();
        }
        assumeTrue(isThere, "skipped: this machine lacks " + what);
    }
}
