package whisktape.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import whisktape.it.PouchServer;

/**
 * Measures {@code record --couchdb} beside curl, which drains the same database by the same pages into nothing: PouchDB
 * Server in a process of its own, in turns.
 *
 * <p>Takes the number of documents and of rounds, and the bytes of payload in each document.
 */
final class DatabaseBenchmark {
    private static final Pattern RECORDED = Pattern.compile("recorded ([\\d,]+) activations in ([\\d,.]+) s ");
    private static final Pattern LAST_SEQ = Pattern.compile("\"last_seq\":(\\d+)");
    private static final int PAGE = 1000;
    private static final int WRITTEN_AT_ONCE = 4 << 20;

    private final long documents;
    private final int payload;
    private final Path scratch;
    private final PouchServer couch;
    private final Series curl = new Series();
    private final Series record = new Series();

    private DatabaseBenchmark(long documents, int payload, Path scratch, PouchServer couch) {
        this.documents = documents;
        this.payload = payload;
        this.scratch = scratch;
        this.couch = couch;
    }

    public static void main(String[] args) throws Exception {
        Path scratch = Files.createTempDirectory("whisktape-benchmark-");
        try (PouchServer couch = PouchServer.start(scratch)) {
            new DatabaseBenchmark(Long.parseLong(args[0]), Integer.parseInt(args[2]), scratch, couch)
                    .run(Integer.parseInt(args[1]));
        } finally {
            Benchmark.remove(scratch);
        }
    }

    private void run(int rounds) throws Exception {
        int atOnce = Math.max(1, Math.min(PAGE, WRITTEN_AT_ONCE / (payload + 600)));
        Benchmark.say("filling a database with %,d documents", documents);
        for (long number = 0; number < documents; number += atOnce) {
            couch.put(number, Math.min(documents, number + atOnce), payload);
        }
        for (int round = 1; round <= rounds; round++) {
            Benchmark.say("round %d of %d", round, rounds);
            curl.add(curl(atOnce));
            record.add(record());
        }
        System.out.printf(
                Locale.ROOT,
                "%,d documents with %,d bytes of payload, medians of %d rounds%n%n%-24s %12s %6s %6s %6s %9s%n",
                documents,
                payload,
                rounds,
                "",
                "documents/s",
                "ratio",
                "wanted",
                "cpu s",
                "peak MiB");
        row("curl, pages of " + atOnce, curl, "");
        row("whisktape record", record, "0.90");
    }

    private void row(String name, Series series, String wanted) {
        System.out.printf(
                Locale.ROOT,
                "%-24s %,12.0f %6.2f %6s %6.1f %9.0f%n",
                name,
                series.eventsPerSecond(),
                series.eventsPerSecond() / curl.eventsPerSecond(),
                wanted,
                series.median(round -> round.run().cpuSeconds()),
                series.median(round -> round.run().peakMib()));
    }

    /** Page by page, each to a file; only where a page ends is looked for in it. */
    private Series.Round curl(int rowsAPage) throws IOException, InterruptedException {
        Path page = scratch.resolve("page");
        long start = System.nanoTime();
        String since = "0";
        for (String before = ""; !since.equals(before); ) {
            before = since;
            String url = couch.url() + "/_changes?include_docs=true&limit=" + rowsAPage + "&seq_interval=" + rowsAPage
                    + "&since=" + since;
            int code = new ProcessBuilder(List.of("curl", "-sS", "-o", page.toString(), url))
                    .inheritIO()
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IOException("curl ended with " + code);
            }
            since = lastSeq(page);
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        return round("curl", documents / seconds, new Run("", seconds, 0, 0));
    }

    private static String lastSeq(Path page) throws IOException {
        String text = Files.readString(page);
        Matcher found = LAST_SEQ.matcher(text.substring(Math.max(0, text.length() - 200)));
        if (!found.find()) {
            throw new IOException("a page without last_seq");
        }
        return found.group(1);
    }

    private Series.Round record() throws IOException, InterruptedException {
        Path recording = scratch.resolve("recording");
        Run run = Run.whisktape(
                scratch,
                "record",
                "--quiet",
                "--couchdb",
                couch.url(),
                "-o",
                recording.toString(),
                "--from",
                "earliest",
                "--until-idle",
                "1s");
        Benchmark.remove(recording);
        Matcher printed = RECORDED.matcher(run.output());
        if (!printed.find() || Benchmark.number(printed.group(1)) != documents) {
            throw new IllegalStateException("record did not record all: " + run.output());
        }
        return round("whisktape record", documents / Benchmark.number(printed.group(2)), run);
    }

    private static Series.Round round(String what, double perSecond, Run run) {
        Benchmark.say("  %-30s %,9.0f documents/s", what, perSecond);
        return new Series.Round(perSecond, run);
    }
}
