package whisktape.sharing;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Fingerprints of pieces of a text; {@link Originals} remembers them and {@link TextScan} looks for them. */
final class Bytes {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SEED = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private Bytes() {}

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of so many bytes. */
    static long hash(byte[] bytes, int from, int length) {
        long hash = SEED;
        for (int i = from; i < from + length; i++) {
            hash = add(hash, bytes[i]);
        }
        return end(hash);
    }

    /** Of no bytes. */
    static long begin() {
        return SEED;
    }

    static long add(long hash, byte next) {
        return (hash ^ next & 0xff) * PRIME;
    }

    static long end(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    static int beginning4(byte[] bytes, int at) {
        long mixed = ((int) INTS.get(bytes, at) & 0xffffffffL) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32);
    }

    /** Its upper and its lower half are as good as two. */
    static long beginning8(byte[] bytes, int at) {
        return end((long) LONGS.get(bytes, at));
    }
}
