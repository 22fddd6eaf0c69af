/** The benchmark: whisktape beside bare Kafka clients, in one run. {@code docs/benchmark.md} says how to run and read it. */
package whisktape.bench;
