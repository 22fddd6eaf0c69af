/** Events in, the metric families of OpenWhisk's user-events service out: read as it reads them, counted as it counts them. */
package whisktape.metrics;
