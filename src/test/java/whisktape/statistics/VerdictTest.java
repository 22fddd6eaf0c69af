package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import whisktape.statistics.Verdict.Change;
import whisktape.statistics.Verdict.Floor;
import whisktape.statistics.Verdict.Judge;
import whisktape.statistics.Verdict.Outcome;
import whisktape.statistics.Verdict.Polarity;

final class VerdictTest {
    private static final Judge ONE_RUN = new Judge(Floor.OF_TIMES, Polarity.LOWER_IS_BETTER, 0.05, 1, 1);

    /** Before is 100 ms, so that 5 ms matter. */
    @ParameterizedTest
    @CsvSource({
        "10, 6, 14, 0.01, WORSE",
        "-10, -14, -6, 0.01, BETTER",
        "10, 6, 14, 0.06, CANNOT_TELL",
        "10, -1, 21, 0.01, CANNOT_TELL",
        "4, 1, 7, 0.01, CANNOT_TELL",
        "5, 1, 9, 0.01, WORSE",
        "3, 2, 4, 0.01, NO_CHANGE",
        "0, -4, 4, 0.9, NO_CHANGE",
        "0, -6, 4, 0.9, CANNOT_TELL",
    })
    void judges(double difference, double low, double high, double p, Outcome outcome) {
        Change change = new Change(100, difference, Optional.of(new Interval(low, high)), p);

        assertThat(ONE_RUN.of(change).outcome()).isEqualTo(outcome);
    }

    @Test
    void cannotTellWithoutAnInterval() {
        assertThat(ONE_RUN.of(new Change(100, 50, Optional.empty(), 0)).outcome())
                .isEqualTo(Outcome.CANNOT_TELL);
    }

    @Test
    void makesNoClaimBelowTwoMilliseconds() {
        Change change = new Change(4, 1, Optional.of(new Interval(1, 1)), 0);

        assertThat(ONE_RUN.of(change).outcome()).isEqualTo(Outcome.NO_CHANGE);
    }

    @Test
    void turnsRoundWhereMoreIsBetter() {
        Judge judge = new Judge(Floor.OF_RATES, Polarity.HIGHER_IS_BETTER, 0.05, 3, 5);

        Verdict verdict = judge.of(new Change(0.5, 0.1, Optional.of(new Interval(0.05, 0.15)), 0.001));

        assertThat(verdict).isEqualTo(new Verdict(Outcome.BETTER, 0.025, 3, false));
        assertThat(verdict.words()).isEqualTo("better");
    }

    @Test
    void speaksOfTheseRunsOnlyWhereThereAreFew() {
        Verdict verdict = ONE_RUN.of(new Change(100, 10, Optional.of(new Interval(6, 14)), 0.01));

        assertThat(verdict.words()).isEqualTo("worse (within-run)");
    }

    /** One look of 95 % each, so about 5 %; what the floor saves and dependence costs is in it. */
    @ParameterizedTest
    @CsvSource({"300, 0", "1000, 0.8"})
    void raisesFewFalseAlarms(int n, double memory) {
        assertThat(share(Outcome.WORSE, n, memory, 100) + share(Outcome.BETTER, n, memory, 100))
                .isLessThanOrEqualTo(0.07);
    }

    @Test
    void findsAPlantedTenPercentInAThousandCalls() {
        assertThat(share(Outcome.WORSE, 1_000, 0, 110)).isGreaterThan(0.85);
    }

    @Test
    void findsAPlantedTwentyPercentInThreeHundredCalls() {
        assertThat(share(Outcome.WORSE, 300, 0, 120)).isGreaterThan(0.87);
    }

    /** How often medians in whole milliseconds, 100 before, are judged so; logarithms spread by 0.5. */
    private static double share(Outcome outcome, int n, double memory, double median) {
        int times = 0;
        for (int i = 0; i < 200; i++) {
            Draws draws = Draws.of(i, "verdict");
            Sample before = SimulatedLoad.wholeMilliseconds(draws, n, 100, memory);
            Sample after = SimulatedLoad.wholeMilliseconds(draws, n, median, memory);
            QuantileBootstrap.Difference change = new QuantileBootstrap(0.95, 399)
                    .difference(before, after, 0.5, draws)
                    .orElseThrow();
            Verdict verdict = ONE_RUN.of(
                    new Change(change.before(), change.estimate(), Optional.of(change.interval()), change.pValue()));
            times += verdict.outcome() == outcome ? 1 : 0;
        }
        return times / 200.0;
    }
}
