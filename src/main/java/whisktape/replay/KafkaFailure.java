package whisktape.replay;

import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import whisktape.WhisktapeException;

/** Says in a sentence what Kafka's exceptions mean for the user. */
final class KafkaFailure {
    private KafkaFailure() {}

    static WhisktapeException explain(KafkaTarget target, KafkaException e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String tried = "cannot replay into " + target + ": ";
        if (String.valueOf(root.getMessage()).contains("JAAS config")) {
            // Kafka quotes the piece that it cannot read, which may be a piece of the password: neither text nor cause.
            return new WhisktapeException(
                    tried + "Kafka cannot read sasl.jaas.config in the file given to --kafka-config");
        }
        return new WhisktapeException(tried + reason(e, root), e);
    }

    private static String reason(KafkaException e, Throwable root) {
        if (e instanceof TimeoutException) {
            return "no answer in " + KafkaTarget.PATIENCE.toSeconds()
                    + " s; check --to and whether the broker's advertised address can be reached from here";
        }
        if (e instanceof AuthorizationException) {
            return "the broker does not permit it (" + e.getMessage()
                    + "); this user needs Write, Describe and, for a new topic, Create";
        }
        if (e instanceof AuthenticationException) {
            return "the broker does not accept this user or certificate (" + e.getMessage()
                    + "); check the file given to --kafka-config";
        }
        return root.getMessage() + "; check --to, --topic and --kafka-config";
    }
}
