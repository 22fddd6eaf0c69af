package whisktape.lab;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Plays a simulated OpenWhisk into a lab's topic and database: on a thread of its own, at its own pace or faster. Faster means that
 * its times run ahead of the clock.
 */
public final class LiveSimulation implements AutoCloseable {
    private static final long LONGEST_PAUSE_NANOS = 50_000_000;

    private final Lab lab;
    private final Simulation simulation;
    private final Instant start;
    private final double speed;
    private final Thread thread = new Thread(this::run, "whisktape-simulation");
    private final Runnable whenItFails;

    private volatile boolean stopped;
    private volatile RuntimeException failure;

    private LiveSimulation(Lab lab, SimulationPlan plan, long seed, double speed, Runnable whenItFails) {
        this.lab = lab;
        this.speed = speed;
        this.whenItFails = whenItFails;
        this.start = plan.start().plus(plan.warmUp());
        this.simulation = Simulation.of(plan, seed);
        thread.setDaemon(true);
    }

    /**
     * Starts one that begins now and goes on for a year, on a calm platform with one bottleneck of each kind.
     *
     * @param speed 1 for its own pace, 10 for ten times that
     * @param whenItFails run, on its thread, where it cannot go on; {@link #end} throws the reason
     */
    public static LiveSimulation start(Lab lab, long seed, double speed, Runnable whenItFails) {
        SimulationPlan plan = SimulationPlan.ofEachBottleneck().lasting(Duration.ofDays(365));
        return start(lab, plan.from(Instant.now().minus(plan.warmUp())), seed, speed, whenItFails);
    }

    /** Starts one of this plan, whose first time is taken for now; an infinite speed waits for nothing. */
    static LiveSimulation start(Lab lab, SimulationPlan plan, long seed, double speed, Runnable whenItFails) {
        LiveSimulation live = new LiveSimulation(lab, plan, seed, speed, whenItFails);
        live.thread.start();
        return live;
    }

    /** Waits until all of its plan has been played, or until somebody else has ended it; then the same as {@link #end}. */
    List<PlantedBottleneck> awaitEnd() {
        join();
        return end();
    }

    SimulationCounts counts() {
        return simulation.counts();
    }

    /** Ends it, and says what the planted bottlenecks have cost so far. Throws what had stopped it before. */
    public List<PlantedBottleneck> end() {
        close();
        if (failure != null) {
            throw failure;
        }
        return simulation.truth();
    }

    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        join();
    }

    private void join() {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (Producer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, lab.kafka().bootstrapServers()),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            long startNanos = System.nanoTime();
            while (!stopped && simulation.hasNext()) {
                Emission emission = simulation.next();
                waitUntil(startNanos + (long) ((emission.timeMs() - start.toEpochMilli()) * 1e6 / speed));
                if (!stopped) {
                    emit(emission, producer);
                }
            }
        } catch (RuntimeException e) {
            failure = e;
            whenItFails.run();
        }
    }

    private void waitUntil(long dueNanos) {
        for (long left = dueNanos - System.nanoTime(); left > 0 && !stopped; left = dueNanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, LONGEST_PAUSE_NANOS));
        }
    }

    private void emit(Emission emission, Producer<byte[], byte[]> producer) {
        if (emission instanceof SimulatedEvent event) {
            producer.send(new ProducerRecord<>(Lab.TOPIC, null, event.timestampMs(), null, event.value()));
        } else if (emission instanceof SimulatedDocument document) {
            lab.couch().put(Lab.DATABASE, new String(document.text(), UTF_8));
        }
    }
}
