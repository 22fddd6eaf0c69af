package whisktape.cli;

import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import whisktape.metrics.Labelling;

/** Which labels and buckets a metrics endpoint has; for a mixin. */
final class LabellingOptions {
    @ArgGroup(exclusive = true)
    private Choice choice = new Choice();

    private static final class Choice {
        @Option(names = "--compat", description = "Metrics with the labels and buckets of user-events. The default.")
        private boolean compatible;

        @Option(
                names = "--improved",
                description = "Metrics with labels for invoker and cold start too, and buckets from 1 ms to 5 min.")
        private boolean improved;
    }

    Labelling labelling() {
        return isImproved() ? Labelling.IMPROVED : Labelling.COMPATIBLE;
    }

    boolean isImproved() {
        return choice.improved;
    }
}
