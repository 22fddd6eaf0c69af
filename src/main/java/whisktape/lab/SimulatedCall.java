package whisktape.lab;

import java.util.SplittableRandom;

/**
 * One activation, from the moment it was accepted. It carries its own random numbers, so that what is changed elsewhere in a
 * plan does not change how long this one works.
 */
final class SimulatedCall {
    static final int NONE = -1;

    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT = 0x8000000000000000L;

    final SimulatedCallee callee;
    final SimulatedController controller;
    final SimulatedCaller caller;

    /** The sequence or composition it is part of; null for none. */
    final SimulatedCall parent;

    /** Which part of it, from 0. */
    final int step;

    /** Transaction start by the controller's clock, epoch microseconds. */
    final long acceptedAt;

    final SplittableRandom random;
    final long idHigh;
    final long idLow;

    /** How long its code would run, were nothing in the way; drawn at once, so that it does not depend on what it meets. */
    final long runMicros;

    /** Between 0 and 1, drawn likewise: what goes wrong. */
    final double fate;

    /** Where it ran; null for sequences, compositions, and while that is not decided. */
    SimulatedInvoker invoker;

    long receivedAt;
    long queuedMicros;
    long createMicros;
    long initMicros;

    /** By how much it ran longer than drawn, and why. */
    long stepMicros;

    long noiseMicros;
    long slownessMicros;

    /** True if its container would still have been there, had it not been removed for another action. */
    boolean avoidableColdStart;

    /** As documents and events say it, from here on; epoch milliseconds by the clock of whoever measures. */
    long startMs;

    long endMs;
    long durationMs;
    long waitMs;

    /** {@link #NONE} where nothing was initialised. */
    long initMs = NONE;

    int statusCode;
    byte[] result;

    /** Characters of the response; {@link #NONE} where the platform answered. */
    int size = NONE;

    int userStatusCode;
    boolean timedOut;
    boolean crashed;

    /** Largest limit of what ran, in megabytes; {@link #NONE} where nothing ran. */
    int memoryMb = NONE;

    /** Of a sequence or composition, what ran in it. */
    SimulatedParts parts;

    SimulatedCall(
            SimulatedCallee callee,
            SimulatedController controller,
            SimulatedCaller caller,
            SimulatedCall parent,
            int step,
            long acceptedAt,
            long seed) {
        this.callee = callee;
        this.controller = controller;
        this.caller = caller;
        this.parent = parent;
        this.step = step;
        this.acceptedAt = acceptedAt;
        this.random = new SplittableRandom(seed);
        this.idHigh = idHigh(random);
        this.idLow = idLow(random);
        this.runMicros = callee.code == null ? 0 : callee.code.run().drawMicros(random);
        this.fate = random.nextDouble();
    }

    /** The first half of an activation id, which is a random UUID without its dashes. */
    static long idHigh(SplittableRandom random) {
        return random.nextLong() & ~0xf000L | VERSION_4;
    }

    /** The second half. */
    static long idLow(SplittableRandom random) {
        return random.nextLong() & ~(3L << 62) | VARIANT;
    }

    /** Something between the two, in microseconds, from its own random numbers. */
    long micros(long from, long to) {
        return random.nextLong(from, to);
    }

    boolean neverRan() {
        return durationMs == 0 && initMs == NONE && statusCode == 3;
    }
}
