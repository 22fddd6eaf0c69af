package whisktape.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** All that was measured, and how it is printed. */
final class Result {
    private static final String HEAD = "%-30s %9s %6s %6s %9s %9s %12s %9s%n";

    final Series rawConsumer = new Series();
    final Series record = new Series();
    final Series spark = new Series();
    final Series rawProducer = new Series();
    final Series replay = new Series();
    final List<Double> bytesPerEvent = new ArrayList<>();
    final List<Double> sparkBytesPerEvent = new ArrayList<>();
    final List<Pace> paces = new ArrayList<>();
    double eventBytes;

    /** Of commands that need not be installed. */
    OptionalDouble kcatSeconds = OptionalDouble.empty();

    OptionalDouble gzipBytes = OptionalDouble.empty();
    OptionalDouble zstdBytes = OptionalDouble.empty();

    void print(PrintStream out, long events, int rounds) {
        out.printf(
                Locale.ROOT,
                "%,d events of %.0f bytes, medians of %d rounds, every JVM with -Xmx512m, %d cores, Java %s%n%n",
                events,
                eventBytes,
                rounds,
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"));
        out.printf(HEAD, "", "events/s", "ratio", "wanted", "process s", "cpu s", "cpu us/event", "peak MiB");
        row(out, "raw consumer", rawConsumer, rawConsumer, "", events);
        row(out, "whisktape record", record, rawConsumer, "0.60", events);
        if (!sparkBytesPerEvent.isEmpty()) {
            row(out, "Spark Structured Streaming", spark, rawConsumer, "", events);
        }
        row(out, "raw producer", rawProducer, rawProducer, "", events);
        row(out, "whisktape replay --speed max", replay, rawProducer, "0.85", events);
        out.printf(Locale.ROOT, "%nbytes per event on disk         %.1f (wanted: at most 26)%n", median(bytesPerEvent));
        if (!sparkBytesPerEvent.isEmpty()) {
            out.printf(Locale.ROOT, "bytes per event of Spark        %.1f%n", median(sparkBytesPerEvent));
        }
        gzipBytes.ifPresent(bytes -> out.printf(Locale.ROOT, "of the lines by gzip -6         %.1f%n", bytes));
        zstdBytes.ifPresent(bytes -> out.printf(Locale.ROOT, "by zstd -19 --long=27           %.1f%n", bytes));
        kcatSeconds.ifPresent(seconds ->
                out.printf(Locale.ROOT, "kcat into a file                %,.0f events/s%n", events / seconds));
        out.printf(
                Locale.ROOT,
                "lateness at %,d events/s     p50 %.3f ms, p99 %.3f ms (wanted: at most 2), max %.3f ms%n"
                        + "as the broker saw it           p50 %.0f ms, p99 %.0f ms; %d early (wanted: none)%n",
                GeneratedEvents.PER_SECOND,
                paceMedian(Pace::p50Ms),
                paceMedian(Pace::p99Ms),
                paceMedian(Pace::maxMs),
                paceMedian(Pace::brokerP50Ms),
                paceMedian(Pace::brokerP99Ms),
                paces.stream().mapToLong(Pace::early).sum());
        out.print(HOW);
    }

    private static void row(PrintStream out, String name, Series series, Series base, String wanted, long events) {
        out.printf(
                Locale.ROOT,
                "%-30s %,9.0f %6.2f %6s %9.1f %9.1f %12.1f %9.0f%n",
                name,
                series.eventsPerSecond(),
                series.eventsPerSecond() / base.eventsPerSecond(),
                wanted,
                series.median(round -> round.run().seconds()),
                series.median(round -> round.run().cpuSeconds()),
                series.median(round -> round.run().cpuSeconds()) * 1e6 / events,
                series.median(round -> round.run().peakMib()));
    }

    private double paceMedian(ToDoubleFunction<Pace> figure) {
        return Series.median(paces.stream().mapToDouble(figure).toArray());
    }

    private static double median(List<Double> values) {
        return Series.median(values.stream().mapToDouble(Double::doubleValue).toArray());
    }

    private static final String HOW = """

            How: one broker in a process of its own; all take turns, round by round, each in a new process.
            events/s   raw consumer: from the first poll to the last event, nothing parsed, nothing kept, the settings of
                       record's consumer; record: as its closing line says; raw producer: from the first send to the last
                       acknowledgement, acks=all, idempotent, the settings of replay's producer, 100,000 different
                       events over and over from memory; replay: as its closing block says
            Spark      from the query's start to its end, local[2], every core on one half of the partition, the value and all its fields
                       into zstd Parquet, heap of 2 GiB
            kcat       once, from its start to its end, a line for each event; gzip and zstd, once, over the first 500,000 lines
            process s  from the process's start to its end; record's includes 1 s of waiting that it is idle
            cpu s      of all threads of the process, JVM start and compiling included; the broker's are not in it
            peak MiB   VmHWM, all memory that was ever in RAM at once, heap and all else
            bytes      the sealed segments' files, divided by the events
            lateness   as a replay at speed 1 reports it: from when an event was due until it was handed to the producer
            the broker stamps each event when it comes: by how much more than the promptest hundredth of the events it came
                       after its due time, in whole milliseconds; early are those that came more than a millisecond
                       sooner than that hundredth, of all rounds together
            """;
}
