package whisktape.statistics;

/** The variance of a mean of rows that depend on their neighbours, from overlapping blocks (Meketon and Schmeiser, 1984). */
final class MeanOfBlocks {
    private MeanOfBlocks() {}

    /** In the square of the values' unit; with blocks of one row the usual variance over n. */
    static double variance(double[] values, int length) {
        int n = values.length;
        if (n <= length) {
            return 0;
        }
        double mean = 0;
        for (double value : values) {
            mean += value / n;
        }
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < n; i++) {
            sum += values[i] - mean;
            if (i >= length) {
                sum -= values[i - length] - mean;
            }
            if (i >= length - 1) {
                squares += sum * sum;
            }
        }
        // Divided so that independent rows give the unbiased variance of their mean whatever the length.
        return squares / ((double) length * (n - length) * (n - length + 1.0));
    }
}
