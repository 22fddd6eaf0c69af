package whisktape.replay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import whisktape.WhisktapeException;

/**
 * Packets to a StatsD's UDP port. UDP confirms nothing; all a sender can learn is that nobody listens at the port, and that only where the
 * receiver's host says so.
 */
final class StatsdSocket implements AutoCloseable {
    /** An empty line, which everything that speaks StatsD skips. */
    private static final byte[] NOTHING = {'\n'};

    private static final int ANSWER_MS = 200;

    private final String name;
    private final DatagramChannel channel;
    private final Selector selector;
    private final SelectionKey key;

    private StatsdSocket(String name, InetSocketAddress address) throws IOException {
        this.name = name;
        this.channel = DatagramChannel.open();
        this.selector = Selector.open();
        channel.connect(address);
        channel.configureBlocking(false);
        this.key = channel.register(selector, SelectionKey.OP_READ);
    }

    /** Opens a socket, and asks with an empty line whether somebody is there. Throws {@link WhisktapeException} where nobody is. */
    static StatsdSocket connect(String host, int port) {
        String name = "StatsD at " + host + ":" + port;
        InetSocketAddress address = new InetSocketAddress(host, port);
        if (address.isUnresolved()) {
            throw new WhisktapeException(
                    "cannot replay to " + name + ": there is no host of that name; check --to-statsd");
        }
        try {
            StatsdSocket socket = new StatsdSocket(name, address);
            try {
                socket.send(ByteBuffer.wrap(NOTHING));
                socket.selector.select(ANSWER_MS);
                socket.requireListener();
                return socket;
            } catch (IOException | RuntimeException e) {
                socket.close();
                throw e;
            }
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot replay to " + name + ": " + reason(e)
                            + "; check --to-statsd, and that StatsD listens on UDP",
                    e);
        }
    }

    /** Sends a packet. Throws where it cannot leave, or it is known by now that nobody listens. */
    void send(ByteBuffer packet) throws IOException {
        while (channel.write(packet) == 0) {
            key.interestOps(SelectionKey.OP_WRITE);
            selector.select();
            selector.selectedKeys().clear();
            key.interestOps(SelectionKey.OP_READ);
        }
        requireListener();
    }

    /** In words, why a packet did not leave. */
    static String reason(IOException e) {
        return e instanceof PortUnreachableException ? "nobody listens at that UDP port" : e.getMessage();
    }

    /** For sentences: {@code StatsD at localhost:8125}. */
    @Override
    public String toString() {
        return name;
    }

    @Override
    public void close() {
        try (channel) {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** That a packet was refused is told to whoever reads next; nobody ever answers one. */
    private void requireListener() throws IOException {
        channel.read(ByteBuffer.allocate(1));
    }
}
