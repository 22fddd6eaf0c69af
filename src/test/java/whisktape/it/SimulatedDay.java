package whisktape.it;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import whisktape.lab.SimulatedLoad;
import whisktape.lab.SimulationConditions;
import whisktape.lab.SimulationPlan;
import whisktape.lab.SimulationRecording;

/** A day of the simulated shop, on which it sells as much as it else does in half an hour; nights are quieter than days. */
final class SimulatedDay {
    private static final double SHARE = 0.02;
    private static final double SWING = 0.5;

    private SimulatedDay() {}

    /** Makes its recording in this folder, which must not be there yet. */
    static Path into(Path folder) {
        SimulationPlan calm =
                SimulationPlan.calm().under(SimulationConditions.REAL).lasting(Duration.ofDays(1));
        List<SimulatedLoad> loads = calm.loads().stream()
                .map(load -> load instanceof SimulatedLoad.Open open
                        ? new SimulatedLoad.Open(open.target(), open.perSecond() * SHARE, SWING)
                        : load)
                .toList();
        SimulationPlan quiet = new SimulationPlan(
                calm.start(),
                calm.length(),
                calm.warmUp(),
                calm.platform(),
                calm.conditions(),
                calm.namespaces(),
                calm.actions(),
                calm.triggers(),
                loads,
                calm.planted());
        SimulationRecording.write(folder, quiet, 1);
        return folder;
    }
}
