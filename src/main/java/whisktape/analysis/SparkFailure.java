package whisktape.analysis;

import java.io.FileNotFoundException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.SparkThrowable;
import whisktape.WhisktapeException;
import whisktape.recording.Recording;

/** Says in whisktape's words what Spark could not do: wrong SQL is wrong usage, a segment that it cannot read is damage. */
final class SparkFailure {
    private static final int LINES = 8;

    private SparkFailure() {}

    /**
     * The exception to throw.
     *
     * @param query how messages call what was run
     */
    static WhisktapeException of(List<Recording> recordings, String query, Throwable e) {
        if (e instanceof WhisktapeException known) {
            return known;
        }
        Optional<SparkThrowable> reason = causes(e)
                .filter(SparkThrowable.class::isInstance)
                .map(SparkThrowable.class::cast)
                .filter(cause -> cause.getSqlState() != null)
                .reduce((outer, inner) -> inner);
        if (causes(e).anyMatch(SparkFailure::isOfFile)) {
            return WhisktapeException.damaged(
                    "cannot read the recording " + folders(recordings) + ": " + message(last(e), 1)
                            + "; whisktape verify says what is left of it",
                    e);
        }
        return reason.filter(SparkFailure::isOfSql)
                .map(cause ->
                        WhisktapeException.refused("cannot run " + query + ": " + message((Throwable) cause, LINES), e))
                .orElseGet(() -> new WhisktapeException("cannot run " + query + ": " + message(last(e), LINES), e));
    }

    /** A message of Spark that is about a file names it, beside these. */
    private static String folders(List<Recording> recordings) {
        return recordings.stream().map(each -> each.folder().toString()).collect(Collectors.joining(", "));
    }

    private static boolean isOfFile(Throwable e) {
        return e instanceof FileNotFoundException
                || e instanceof SparkThrowable cause
                        && cause.getCondition() != null
                        && cause.getCondition().startsWith("FAILED_READ_FILE");
    }

    /** Classes 22, wrong values, and 42, wrong words, of the SQL standard. */
    private static boolean isOfSql(SparkThrowable cause) {
        return cause.getSqlState().startsWith("22") || cause.getSqlState().startsWith("42");
    }

    private static Throwable last(Throwable e) {
        return causes(e).reduce((outer, inner) -> inner).orElse(e);
    }

    private static Stream<Throwable> causes(Throwable e) {
        return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
    }

    private static String message(Throwable e, int lines) {
        return String.valueOf(e.getMessage() == null ? e : e.getMessage())
                .lines()
                // Behind its words Spark draws the plan that it could not resolve.
                .takeWhile(line -> !line.startsWith("'") && !line.startsWith("+-"))
                .filter(line -> !line.isBlank())
                .limit(lines)
                .collect(Collectors.joining("\n"));
    }
}
