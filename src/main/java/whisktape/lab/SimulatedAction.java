package whisktape.lab;

import java.util.List;

/** An action that is deployed on the simulated OpenWhisk. */
public sealed interface SimulatedAction {

    /** Owner namespace, optional package, and name, joined by slashes. */
    String path();

    /** The name alone. */
    default String name() {
        return path().substring(path().lastIndexOf('/') + 1);
    }

    /** One with OpenWhisk's own limits: Node, 256 MB, one activation in a container at a time, a minute. */
    static Primitive primitive(String path, SimulatedTime run) {
        return new Primitive(
                path,
                "nodejs:20",
                256,
                1,
                60_000,
                SimulatedTime.lognormal(90, 0.3),
                run,
                SimulatedFaults.NONE,
                SimulatedAnswer.OK);
    }

    /**
     * Code that runs in a container.
     *
     * @param kind the runtime; {@code blackbox} runs on the invokers that are set apart for it
     * @param memoryMb the limit, and what a container takes of an invoker
     * @param concurrency activations in one container at a time
     * @param timeoutMs how long initialisation may take, and a run
     * @param init how long its code takes to initialise
     * @param run how long it runs
     * @param faults what goes wrong
     * @param answer what it says
     */
    record Primitive(
            String path,
            String kind,
            int memoryMb,
            int concurrency,
            int timeoutMs,
            SimulatedTime init,
            SimulatedTime run,
            SimulatedFaults faults,
            SimulatedAnswer answer)
            implements SimulatedAction {

        public Primitive ofKind(String other) {
            return new Primitive(path, other, memoryMb, concurrency, timeoutMs, init, run, faults, answer);
        }

        public Primitive withMemory(int mb) {
            return new Primitive(path, kind, mb, concurrency, timeoutMs, init, run, faults, answer);
        }

        public Primitive withConcurrency(int activations) {
            return new Primitive(path, kind, memoryMb, activations, timeoutMs, init, run, faults, answer);
        }

        public Primitive withTimeout(int ms) {
            return new Primitive(path, kind, memoryMb, concurrency, ms, init, run, faults, answer);
        }

        public Primitive withInit(SimulatedTime time) {
            return new Primitive(path, kind, memoryMb, concurrency, timeoutMs, time, run, faults, answer);
        }

        public Primitive withRun(SimulatedTime time) {
            return new Primitive(path, kind, memoryMb, concurrency, timeoutMs, init, time, faults, answer);
        }

        public Primitive with(SimulatedFaults others) {
            return new Primitive(path, kind, memoryMb, concurrency, timeoutMs, init, run, others, answer);
        }

        public Primitive answering(SimulatedAnswer other) {
            return new Primitive(path, kind, memoryMb, concurrency, timeoutMs, init, run, faults, other);
        }
    }

    /**
     * Actions one after the other, each with the answer of the one before; an error ends it.
     *
     * @param components their paths; sequences among them are sequences within
     * @param slowStep which component takes longer here than elsewhere, from 0; -1 for none
     * @param slowness how many times as long
     */
    record Sequence(String path, List<String> components, int slowStep, double slowness) implements SimulatedAction {
        public Sequence {
            components = List.copyOf(components);
        }

        public Sequence(String path, List<String> components) {
            this(path, components, -1, 1);
        }
    }

    /**
     * Actions under a conductor, which runs before each of them and once more at the end.
     *
     * @param conductor its code, under the composition's own path
     * @param components their paths
     */
    record Composition(Primitive conductor, List<String> components) implements SimulatedAction {
        public Composition {
            components = List.copyOf(components);
        }

        @Override
        public String path() {
            return conductor.path();
        }
    }
}
