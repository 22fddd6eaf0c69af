/** A test bench that needs nothing installed: a Kafka broker in this process, and the demonstration that runs on it. */
package whisktape.lab;
