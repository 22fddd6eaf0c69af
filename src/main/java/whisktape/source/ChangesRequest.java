package whisktape.source;

import java.time.Duration;

/**
 * One page of the changes feed, asked for.
 *
 * @param since the update sequence behind which it begins
 * @param rows how many at most
 * @param waits whether the server shall wait for a first row, or answer at once
 * @param withDocuments whether the rows hold their documents
 */
record ChangesRequest(String since, int rows, boolean waits, boolean withDocuments) {

    String path(String database, Duration heartbeat) {
        StringBuilder path = new StringBuilder(CouchClient.path(database, "_changes"));
        path.append(waits ? "?feed=longpoll&heartbeat=" + heartbeat.toMillis() : "?feed=normal");
        path.append("&limit=").append(rows);
        if (rows > 0) {
            // One sequence a page is enough, and making them costs the server a quarter of its time.
            path.append("&seq_interval=").append(rows);
        }
        if (withDocuments) {
            path.append("&include_docs=true");
        }
        return path.append("&since=").append(CouchClient.encoded(since)).toString();
    }
}
