package whisktape.source;

import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import whisktape.WhisktapeException;

/** Says in a sentence what Kafka's exceptions mean for the user. */
final class KafkaFailure {
    private KafkaFailure() {}

    static WhisktapeException explain(KafkaSettings settings, Exception e) {
        Throwable cause = e instanceof ExecutionException ? e.getCause() : e;
        String tried = "cannot read " + settings + ": ";
        if (String.valueOf(rootOf(cause).getMessage()).contains("JAAS config")) {
            // Kafka quotes the piece that it cannot read, which may be a piece of the password: neither text nor cause.
            return new WhisktapeException(
                    tried + "Kafka cannot read sasl.jaas.config in the file given to --kafka-config");
        }
        return new WhisktapeException(tried + reason(settings, cause), e);
    }

    private static Throwable rootOf(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private static String reason(KafkaSettings settings, Throwable cause) {
        if (cause instanceof TimeoutException || cause instanceof java.util.concurrent.TimeoutException) {
            return "no answer in " + KafkaSource.PATIENCE.toSeconds()
                    + " s; check --kafka and whether the broker's advertised address can be reached from here";
        }
        if (cause instanceof UnknownTopicOrPartitionException) {
            return "there is no such topic; OpenWhisk's controller creates events when it starts; check --topic";
        }
        if (cause instanceof AuthorizationException) {
            return "the broker does not permit it (" + cause.getMessage()
                    + "); this user needs Read and Describe on topic " + settings.topic();
        }
        if (cause instanceof AuthenticationException) {
            return "the broker does not accept this user or certificate (" + cause.getMessage()
                    + "); check the file given to --kafka-config";
        }
        Throwable root = rootOf(cause);
        return root.getMessage() + "; check --kafka and --kafka-config";
    }
}
