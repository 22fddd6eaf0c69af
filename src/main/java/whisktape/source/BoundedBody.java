package whisktape.source;

import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;

/** Collects a body up to a number of bytes; what is longer is left, and the connection with it. */
final class BoundedBody implements BodySubscriber<BoundedBody> {
    private static final int FIRST_BYTES = 1 << 14;

    private final int mostBytes;
    private final Runnable heard;
    private final CompletableFuture<BoundedBody> whole = new CompletableFuture<>();
    private Subscription subscription;
    private byte[] bytes = new byte[FIRST_BYTES];
    private int length;
    private boolean tooLarge;

    /** {@code heard} is run whenever something has come. */
    BoundedBody(int mostBytes, Runnable heard) {
        this.mostBytes = mostBytes;
        this.heard = heard;
    }

    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    boolean isTooLarge() {
        return tooLarge;
    }

    @Override
    public CompletionStage<BoundedBody> getBody() {
        return whole;
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        this.subscription = subscription;
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        heard.run();
        for (ByteBuffer buffer : buffers) {
            int more = buffer.remaining();
            if (tooLarge || more > mostBytes - length) {
                giveUp();
                return;
            }
            makeRoom(length + more);
            buffer.get(bytes, length, more);
            length += more;
        }
    }

    @Override
    public void onError(Throwable failure) {
        whole.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
        whole.complete(this);
    }

    private void giveUp() {
        tooLarge = true;
        bytes = new byte[0];
        length = 0;
        subscription.cancel();
        whole.complete(this);
    }

    private void makeRoom(int needed) {
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(mostBytes, 2L * bytes.length)));
        }
    }
}
