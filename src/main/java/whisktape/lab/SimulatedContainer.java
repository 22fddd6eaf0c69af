package whisktape.lab;

/** A container of one invoker; it belongs to one callee as soon as it has its code. */
final class SimulatedContainer {

    /** What the call that takes it finds. */
    enum State {
        COLD,
        PREWARMED,
        WARM,
        PAUSED
    }

    final SimulatedCallee callee;
    final int memoryMb;
    State state;

    /** Activations in it. */
    int active;

    /** When its code is initialised, epoch microseconds. */
    long readyAt;

    /** Since when it has had nothing to do, epoch microseconds. */
    long idleSince;

    /** True if it is removed as soon as nothing runs in it. */
    boolean isBroken;

    /** Neighbours among the idle ones of its invoker, by how long they have been idle. */
    SimulatedContainer older;

    SimulatedContainer newer;

    SimulatedContainer(SimulatedCallee callee, State state) {
        this.callee = callee;
        this.memoryMb = callee.code.memoryMb();
        this.state = state;
    }

    boolean isFull() {
        return active >= callee.code.concurrency();
    }
}
