package whisktape.bench;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * Events of the shapes that OpenWhisk sends, in the proportions of a busy platform, the same for the same seed: mostly
 * activations of a few hundred actions under skewed popularity, one event in eight a metric, some 385 bytes on average. They
 * arrive at random moments, five a millisecond.
 */
final class GeneratedEvents {
    static final int PER_SECOND = 5_000;

    private static final String[] TEAMS = {
        "billing", "checkout", "inventory", "mobile-backend", "notifications", "payments", "recommendation", "search"
    };
    private static final String[] STAGES = {"", "-stage", "-live", "-live-eu"};
    private static final String[] PACKAGES = {"", "utilities/", "orders-api/", "event-handlers/"};
    private static final String[] VERBS = {
        "authorize", "calculate", "enrich", "import", "reconcile", "resize", "validate"
    };
    private static final String[] NOUNS = {"customer", "invoice", "picture", "shipment", "shopping-cart", "statement"};
    private static final String[] KINDS = {"nodejs:20", "python:3.11", "go:1.22", "java:8", "blackbox"};
    private static final int[] MEMORY = {128, 256, 256, 256, 512, 1024};
    private static final String[] METRICS = {"ConcurrentInvocations", "ConcurrentRateLimit", "TimedRateLimit"};

    private final SplittableRandom random;
    private final StringBuilder text = new StringBuilder(512);
    private double timeMs;

    GeneratedEvents(long seed, long startMs) {
        this.random = new SplittableRandom(seed);
        this.timeMs = startMs;
    }

    /** When Kafka got the event that {@link #next} made last. */
    long timestampMs() {
        return (long) timeMs;
    }

    byte[] next() {
        timeMs += -Math.log(1 - random.nextDouble()) * 1000 / PER_SECOND;
        // Of two draws the smaller: some tenants are far busier than others.
        int tenant = Math.min(random.nextInt(32), random.nextInt(32));
        String namespace = TEAMS[tenant % TEAMS.length] + STAGES[tenant / TEAMS.length];
        text.setLength(0);
        text.append("{\"body\":{");
        boolean metric = random.nextInt(8) == 0;
        if (metric) {
            metric();
        } else {
            activation(namespace);
        }
        text.append("},\"eventType\":\"").append(metric ? "Metric" : "Activation");
        text.append("\",\"namespace\":\"").append(namespace).append("\",\"source\":\"");
        text.append(metric ? "controller" : "invoker").append(random.nextInt(metric ? 2 : 24));
        text.append("\",\"subject\":\"").append(namespace).append("-ci\",\"timestamp\":");
        text.append(timestampMs() - random.nextInt(4)).append(",\"userId\":\"");
        text.append(new UUID(0x23bc46b171f64ed5L, 0x8c54816aa4f8c500L + tenant)).append("\"}");
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private void metric() {
        text.append("\"metricName\":\"").append(METRICS[random.nextInt(20) < 18 ? 0 : 1 + random.nextInt(2)]);
        text.append("\",\"metricValue\":").append(1 + Math.min(random.nextInt(60), random.nextInt(60)));
    }

    private void activation(String namespace) {
        int action = Math.min(random.nextInt(168), random.nextInt(168));
        boolean sequence = random.nextInt(20) == 0;
        boolean failed = random.nextInt(25) == 0;
        boolean cold = random.nextInt(30) == 0;
        int initMs = cold ? 80 + random.nextInt(900) : 0;
        text.append("\"activationId\":\"");
        hex(random.nextLong());
        hex(random.nextLong());
        text.append('"');
        if (!sequence && random.nextInt(6) == 0) {
            text.append(",\"causedBy\":\"sequence\"");
        }
        text.append(",\"conductor\":").append(random.nextInt(300) == 0);
        text.append(",\"duration\":")
                .append(initMs + durationMs(action))
                .append(",\"initTime\":")
                .append(initMs);
        text.append(",\"kind\":\"").append(sequence ? "sequence" : KINDS[action % KINDS.length]);
        text.append("\",\"memory\":").append(MEMORY[action % MEMORY.length]).append(",\"name\":\"");
        text.append(namespace).append('/').append(PACKAGES[action % PACKAGES.length]);
        text.append(VERBS[action % VERBS.length])
                .append('-')
                .append(NOUNS[action % NOUNS.length])
                .append('"');
        if (!failed || random.nextInt(6) > 0) {
            text.append(",\"size\":").append(7 + random.nextInt(20 + action * 8));
        }
        text.append(",\"statusCode\":").append(failed ? 1 + random.nextInt(2) : 0);
        if (random.nextInt(400) == 0) {
            text.append(",\"userDefinedStatusCode\":200");
        }
        text.append(",\"waitTime\":").append(cold ? 300 + random.nextInt(2_000) : 2 + random.nextInt(60));
    }

    /** Each action has its own typical duration, and a long tail. */
    private long durationMs(int action) {
        return (long) ((2 + action * 3) * Math.exp(random.nextDouble() * 1.5));
    }

    private void hex(long bits) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            text.append(Character.forDigit((int) (bits >>> shift) & 15, 16));
        }
    }
}
