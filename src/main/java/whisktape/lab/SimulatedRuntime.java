package whisktape.lab;

import static whisktape.lab.SimulationText.encode;

/** How long containers take on one invoker, and what comes of a call in one. */
final class SimulatedRuntime {
    private static final long MICROS_PER_MS = SimulatedTime.MICROS_PER_MS;
    private static final long PATIENCE_FOR_LOGS = 12_000_000;

    private static final byte[] APPLICATION_ERROR = encode("{\"error\":\"order 17 rejected\"}");
    private static final byte[] CRASH =
            encode("{\"error\":\"The action did not produce a valid response and exited unexpectedly.\"}");
    private static final byte[] DEVELOPER_ERROR = encode("{\"error\":\"An error has occurred: Error: boom\"}");
    private static final byte[] INIT_ERROR =
            encode("{\"error\":\"Initialization has failed due to: SyntaxError: Unexpected token ';'\"}");
    private static final byte[] FAILED_START =
            encode("{\"error\":\"Failed to provision resources to run the action.\"}");

    private final SimulatedPlatform platform;
    private final double slowness;

    SimulatedRuntime(SimulatedPlatform platform, double slowness) {
        this.platform = platform;
        this.slowness = slowness;
    }

    /**
     * Runs a call in a container, which it marks as broken if it can take no more after that.
     *
     * @param noise of the neighbours
     * @return when the answer is there, epoch microseconds
     */
    long run(SimulatedCall call, SimulatedContainer container, long now, double noise) {
        SimulatedAction.Primitive code = call.callee.code;
        long readyAt = now + call.micros(300, 1_500);
        call.memoryMb = code.memoryMb();
        switch (container.state) {
            case WARM -> readyAt = Math.max(readyAt, container.readyAt);
            case PAUSED -> readyAt += platform.unpauseTime().drawMicros(call.random);
            case PREWARMED -> {
                return initAndRun(call, container, readyAt, noise);
            }
            case COLD -> {
                call.createMicros = platform.createTime().drawMicros(call.random);
                readyAt += call.createMicros;
                if (call.random.nextDouble() < code.faults().failedStart()) {
                    return failToStart(call, container, readyAt);
                }
                return initAndRun(call, container, readyAt, noise);
            }
        }
        call.waitMs = clock(call, readyAt) - toMs(call.acceptedAt);
        return runCode(call, container, readyAt, noise);
    }

    /** From the answer until its controller has it. */
    long ackMicros(SimulatedCall call) {
        return call.micros(800, 3_000);
    }

    /** From the answer until the logs are collected; of a process that ended badly they are awaited in vain. */
    long logMicros(SimulatedCall call) {
        long usual = call.micros(1_000, 4_500);
        if (call.crashed) {
            return PATIENCE_FOR_LOGS + call.micros(0, 8_000_000);
        }
        return call.timedOut ? PATIENCE_FOR_LOGS - call.micros(0, 200_000) : usual;
    }

    private long initAndRun(SimulatedCall call, SimulatedContainer container, long initAt, double noise) {
        SimulatedAction.Primitive code = call.callee.code;
        long limit = code.timeoutMs() * MICROS_PER_MS;
        long plain = Math.min(limit, code.init().drawMicros(call.random));
        boolean fails = call.random.nextDouble() < code.faults().initError();
        call.initMicros = Math.min(limit, (long) (plain * slowness));
        call.slownessMicros = call.initMicros - plain;
        boolean isTooLong = call.initMicros >= limit;
        if (isTooLong) {
            call.initMicros += call.micros(500, 6_000);
        }
        call.initMs = call.initMicros / MICROS_PER_MS;
        call.waitMs = clock(call, initAt) - toMs(call.acceptedAt);
        container.readyAt = initAt + call.initMicros;
        if (isTooLong || fails) {
            container.isBroken = true;
            call.startMs = clock(call, initAt);
            call.durationMs = call.initMs;
            call.endMs = call.startMs + call.durationMs;
            call.timedOut = isTooLong;
            end(call, 2, isTooLong ? timeout(code, " during initialization") : INIT_ERROR, !isTooLong);
            return container.readyAt;
        }
        return runCode(call, container, container.readyAt + call.micros(200, 900), noise);
    }

    private long runCode(SimulatedCall call, SimulatedContainer container, long runAt, double noise) {
        SimulatedAction.Primitive code = call.callee.code;
        long limit = code.timeoutMs() * MICROS_PER_MS;
        long plain = Math.min(limit, call.runMicros);
        long withStep = Math.min(limit, (long) (plain * slownessOfStep(call)));
        long withNoise = Math.min(limit, (long) (withStep * (1 + noise)));
        long run = Math.min(limit, (long) (withNoise * slowness));
        call.stepMicros = withStep - plain;
        call.noiseMicros = withNoise - withStep;
        call.slownessMicros += run - withNoise;
        call.timedOut = run >= limit;
        long runEnd = runAt + run + (call.timedOut ? call.micros(500, 10_000) : 0);
        call.startMs = clock(call, runAt) - Math.max(0, call.initMs);
        call.endMs = clock(call, runEnd);
        call.durationMs = call.endMs - call.startMs;
        decide(call, container);
        return runEnd;
    }

    private static double slownessOfStep(SimulatedCall call) {
        return call.parent != null
                        && call.parent.callee.action instanceof SimulatedAction.Sequence sequence
                        && sequence.slowStep() == call.step
                ? sequence.slowness()
                : 1;
    }

    private static void decide(SimulatedCall call, SimulatedContainer container) {
        SimulatedFaults faults = call.callee.code.faults();
        double crash = faults.crash();
        double developerError = crash + faults.developerError();
        double applicationError = developerError + faults.applicationError();
        if (call.timedOut) {
            end(call, 2, timeout(call.callee.code, ""), false);
        } else if (call.fate < crash) {
            call.crashed = true;
            end(call, 2, CRASH, false);
        } else if (call.fate < developerError) {
            end(call, 2, DEVELOPER_ERROR, true);
        } else if (call.fate < applicationError) {
            end(call, 1, APPLICATION_ERROR, true);
        } else {
            call.callee.phrases.answer(call);
            call.userStatusCode = call.callee.code.answer().userStatusCode();
        }
        container.isBroken |= call.statusCode == 2;
    }

    private long failToStart(SimulatedCall call, SimulatedContainer container, long failedAt) {
        container.isBroken = true;
        container.readyAt = failedAt;
        call.startMs = clock(call, failedAt);
        call.endMs = call.startMs;
        call.waitMs = call.startMs - toMs(call.acceptedAt);
        end(call, 3, FAILED_START, false);
        return failedAt;
    }

    private static void end(SimulatedCall call, int statusCode, byte[] result, boolean isFromContainer) {
        call.statusCode = statusCode;
        call.result = result;
        call.size = isFromContainer ? result.length : SimulatedCall.NONE;
    }

    private static byte[] timeout(SimulatedAction.Primitive code, String during) {
        return encode("{\"error\":\"The action exceeded its time limits of " + code.timeoutMs() + " milliseconds"
                + during + ".\"}");
    }

    /** What this invoker's clock shows. */
    private static long clock(SimulatedCall call, long micros) {
        return toMs(micros) + call.invoker.skewMs;
    }

    static long toMs(long micros) {
        return Math.floorDiv(micros, MICROS_PER_MS);
    }
}
