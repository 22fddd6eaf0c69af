package whisktape.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.from_json;

import java.nio.file.Path;
import java.util.Arrays;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.Trigger;

/**
 * What users would otherwise take: Spark Structured Streaming from the topic into Parquet, with the value as it came and its fields as
 * columns.
 */
final class SparkStream {
    private static final String SCHEMA =
            "body STRUCT<activationId STRING, name STRING, statusCode INT, duration BIGINT,"
                    + " waitTime BIGINT, initTime BIGINT, kind STRING, conductor BOOLEAN, memory INT, causedBy STRING, size BIGINT,"
                    + " userDefinedStatusCode INT, metricName STRING, metricValue BIGINT>, eventType STRING, source STRING,"
                    + " subject STRING, namespace STRING, userId STRING, timestamp BIGINT";

    private SparkStream() {}

    /** Takes address, topic and a folder; prints the seconds from the query's start to its end, and the events it read. */
    public static void main(String[] args) throws Exception {
        SparkSession session = SparkSession.builder()
                .master("local[2]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
        Path folder = Path.of(args[2]);
        long start = System.nanoTime();
        StreamingQuery query = session.readStream()
                .format("kafka")
                .option("kafka.bootstrap.servers", args[0])
                .option("subscribe", args[1])
                .option("startingOffsets", "earliest")
                // One partition of the topic for two cores.
                .option("minPartitions", "2")
                .load()
                .withColumn("event", from_json(col("value").cast("string"), SCHEMA, java.util.Map.of()))
                .select(
                        col("partition"),
                        col("offset"),
                        col("timestamp").as("kafka_timestamp"),
                        col("key"),
                        col("value"),
                        col("event.body.*"),
                        col("event.eventType"),
                        col("event.source"),
                        col("event.subject"),
                        col("event.namespace"),
                        col("event.userId"),
                        col("event.timestamp"))
                .writeStream()
                .format("parquet")
                .option("path", folder.resolve("events").toString())
                .option("checkpointLocation", folder.resolve("checkpoint").toString())
                .option("compression", "zstd")
                .trigger(Trigger.AvailableNow())
                .start();
        query.awaitTermination();
        double seconds = (System.nanoTime() - start) / 1e9;
        long events = Arrays.stream(query.recentProgress())
                .mapToLong(progress -> progress.numInputRows())
                .sum();
        System.out.println(seconds + " " + events);
        session.stop();
    }
}
