package whisktape.source;

/** What a source hands out at once. */
public sealed interface Batch permits EventBatch, DocumentBatch {

    boolean isEmpty();

    /** Events or documents in it. */
    int rows();

    /** Roughly what it holds in memory. */
    long sizeBytes();
}
