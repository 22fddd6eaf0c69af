/** A test bench that needs nothing installed: a Kafka broker and a stand-in for CouchDB in this process, and the demonstration that runs on it. */
package whisktape.lab;
