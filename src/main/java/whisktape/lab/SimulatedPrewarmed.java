package whisktape.lab;

import whisktape.lab.SimulatedPlatform.Prewarmed;

/** One sort of prewarmed containers on one invoker: taken ones are replaced when there is room. */
final class SimulatedPrewarmed {
    private static final long CREATE_MICROS = 500_000;

    private final Prewarmed sort;
    private final SimulationAgenda agenda;
    private int ready;
    private int starting;

    SimulatedPrewarmed(Prewarmed sort, SimulationAgenda agenda) {
        this.sort = sort;
        this.agenda = agenda;
    }

    boolean fits(SimulatedAction.Primitive code) {
        return ready > 0 && sort.memoryMb() == code.memoryMb() && sort.kind().equals(code.kind());
    }

    /** Gives one away; its memory goes with it. */
    void take() {
        ready--;
    }

    /**
     * Starts as many as are missing.
     *
     * @param freeMb what the invoker has left
     * @return what they take of it
     */
    int replenish(int freeMb, long now) {
        int taken = 0;
        while (ready + starting < sort.count() && taken + sort.memoryMb() <= freeMb) {
            taken += sort.memoryMb();
            starting++;
            agenda.at(now + CREATE_MICROS, later -> {
                starting--;
                ready++;
            });
        }
        return taken;
    }

    /** Has all of them ready at once, as long as there is room; returns what they take. */
    int fill(int freeMb) {
        ready = Math.min(sort.count(), freeMb / sort.memoryMb());
        return ready * sort.memoryMb();
    }
}
