package whisktape.sharing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import whisktape.WhisktapeException;

/** The secret by which pseudonyms are made: who has it can make them again, who has not cannot guess names by trying. */
public final class Salt {
    private static final String HMAC = "HmacSHA256";
    private static final int SHORTEST_BYTES = 16;

    /** More than any key; whoever names a recording by mistake should not wait. */
    private static final int LONGEST_BYTES = 1 << 20;

    private final SecretKeySpec key;

    private Salt(byte[] secret) {
        this.key = new SecretKeySpec(secret, HMAC);
    }

    /** One that nobody will ever have again. */
    public static Salt random() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        return new Salt(secret);
    }

    /** The bytes of a file, all of them. */
    public static Salt of(Path file) {
        try {
            long size = Files.size(file);
            if (size < SHORTEST_BYTES || size > LONGEST_BYTES) {
                throw WhisktapeException.refused("cannot use " + file + " as salt: it has " + size
                        + " bytes, and a salt takes 16 to 1,048,576; make one by: head -c 32 /dev/urandom > FILE");
            }
            return new Salt(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new WhisktapeException(
                    "cannot read the salt " + file + ": "
                            + (Files.exists(file) ? e.getMessage() : "there is no such file"),
                    e);
        }
    }

    Mac newMac() {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java runtime has " + HMAC, e);
        }
    }
}
