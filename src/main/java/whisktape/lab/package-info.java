/** A test bench that needs nothing installed: a Kafka broker, a stand-in for CouchDB and a simulated OpenWhisk in this process, and the demonstration that runs on it. */
package whisktape.lab;
