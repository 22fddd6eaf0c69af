package whisktape.lab;

import java.time.Duration;
import java.util.SplittableRandom;

/** Lets the calls of one load in, each when its time has come. */
final class SimulationArrivals {
    private static final double MICROS_PER_SECOND = 1e6;
    private static final double MICROS_PER_DAY = 86_400e6;

    private final SimulationEntrance entrance;
    private final SimulationAgenda agenda;
    private final SplittableRandom random;
    private final long start;
    private final long end;

    /**
     * @param random of this load alone, so that another load beside it changes nothing
     * @param start epoch microseconds
     * @param end none comes then or later
     */
    SimulationArrivals(
            SimulationEntrance entrance, SimulationAgenda agenda, SplittableRandom random, long start, long end) {
        this.entrance = entrance;
        this.agenda = agenda;
        this.random = random;
        this.start = start;
        this.end = end;
    }

    void begin(SimulatedLoad load) {
        if (load instanceof SimulatedLoad.Open open) {
            nextOf(open, start);
        } else if (load instanceof SimulatedLoad.Bursts bursts) {
            burst(bursts, start + micros(bursts.first()));
        } else if (load instanceof SimulatedLoad.Closed closed) {
            for (int i = 0; i < closed.clients(); i++) {
                callAgain(closed, start + closed.think().drawMicros(random));
            }
        }
    }

    /** Draws at the highest rate of the day, and leaves out what is too many for the hour. */
    private void nextOf(SimulatedLoad.Open open, long now) {
        double highest = open.perSecond() * (1 + open.dailySwing());
        at(now + Math.round(random.nextExponential() * MICROS_PER_SECOND / highest), later -> {
            double swing = open.dailySwing() * StrictMath.sin(2 * Math.PI * (later - start) / MICROS_PER_DAY);
            boolean comes = open.dailySwing() == 0 || random.nextDouble() * (1 + open.dailySwing()) < 1 + swing;
            if (comes) {
                entrance.enter(SimulatedCaller.NOBODY, random.nextLong(), later);
            }
            nextOf(open, later);
        });
    }

    private void burst(SimulatedLoad.Bursts bursts, long first) {
        at(first, now -> {
            for (int i = 0; i < bursts.calls(); i++) {
                long seed = random.nextLong();
                at(now + i * micros(bursts.spacing()), later -> entrance.enter(SimulatedCaller.NOBODY, seed, later));
            }
            burst(bursts, now + micros(bursts.every()));
        });
    }

    private void callAgain(SimulatedLoad.Closed closed, long time) {
        at(time, now -> {
            SimulatedCaller client =
                    (call, later) -> callAgain(closed, later + closed.think().drawMicros(random));
            boolean isRefused = entrance.enter(client, random.nextLong(), now).isPresent();
            if (isRefused) {
                callAgain(closed, now + closed.think().drawMicros(random));
            }
        });
    }

    private void at(long time, SimulationHappening happening) {
        if (time < end) {
            agenda.at(time, happening);
        }
    }

    static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }
}
