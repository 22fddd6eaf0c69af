package whisktape.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The statistics on windows and shares: {@link Dispersion}, {@link Spearman}, {@link ChangePoint}. */
final class SeriesTest {
    /** The Nile's yearly flow at Aswan, 1871 to 1970 (Cobb, Biometrika, 1978): less from 1899 on. */
    private static final double[] NILE = {
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960, 1180, 799, 958, 1140,
        1100, 1210, 1150, 1250, 1260, 1220, 1030, 1100, 774, 840, 874, 694, 940, 833, 701, 916, 692, 1020, 1050, 969,
        831, 726, 456, 824, 702, 1120, 1100, 832, 764, 821, 768, 845, 864, 862, 698, 845, 744, 796, 1040, 759, 781, 865,
        845, 944, 984, 897, 822, 1010, 771, 676, 649, 846, 812, 742, 801, 1040, 860, 874, 848, 890, 744, 749, 838, 1050,
        918, 986, 797, 923, 975, 815, 1020, 906, 901, 1170, 912, 746, 919, 718, 714, 740
    };

    @Test
    void findsTheYearTheNileFell() {
        assertThat(ChangePoint.find(NILE, 0.99, Draws.of(1)))
                .containsExactly(new ChangePoint(1899 - 1871, 1130, 842.5, 0.0005));
    }

    @Test
    void findsNoChangeInNoise() {
        int found = 0;
        for (int i = 0; i < 200; i++) {
            double[] windows = SimulatedLoad.times(Draws.of(i, "noise"), 60, 100, 0);
            found += ChangePoint.find(windows, 0.95, Draws.of(i)).isEmpty() ? 0 : 1;
        }
        assertThat(found).isBetween(2, 20);
    }

    @Test
    void findsSeveralChangesInOrder() {
        double[] windows = SimulatedLoad.times(Draws.of(1, "noise"), 90, 100, 0);
        for (int i = 30; i < 60; i++) {
            windows[i] += 400;
        }

        List<ChangePoint> changes = ChangePoint.find(windows, 0.99, Draws.of(1));

        assertThat(changes).extracting(ChangePoint::index).containsExactly(30, 60);
        assertThat(changes.get(0).after()).isEqualTo(changes.get(1).before()).isGreaterThan(450);
        assertThat(ChangePoint.find(new double[] {1, 1, 1, 9, 9, 9, 9, 9, 9}, 0.95, Draws.of(1)))
                .isEmpty();
    }

    @Test
    void ranksTwoSeries() {
        // Hours of television and IQ, the worked example of Wikipedia's article: -29/165, p = 0.6272.
        double[] iq = {106, 100, 86, 101, 99, 103, 97, 113, 112, 110};
        double[] hours = {7, 27, 2, 50, 28, 29, 20, 12, 6, 17};

        Spearman correlation = Spearman.of(iq, hours).orElseThrow();

        assertThat(correlation.rho()).isCloseTo(-29 / 165.0, within(1e-12));
        assertThat(correlation.pValue()).isCloseTo(0.6272, within(5e-5));
        assertThat(Spearman.of(iq, iq).orElseThrow().pValue()).isZero();
    }

    @Test
    void correlatesNeitherFewWindowsNorConstants() {
        assertThat(Spearman.of(new double[9], new double[9])).isEmpty();
        assertThat(Spearman.of(new double[20], new double[20])).isEmpty();
    }

    @Test
    void measuresHowUnevenSharesAre() {
        assertThat(Dispersion.gini(3, 1, 4, 2).orElseThrow()).isCloseTo(0.25, within(1e-12));
        assertThat(Dispersion.gini(0, 0, 8, 0).orElseThrow()).isCloseTo(0.75, within(1e-12));
        assertThat(Dispersion.gini(5, 5, 5).orElseThrow()).isZero();
        assertThat(Dispersion.gini(0, 0)).isEmpty();
        assertThat(Dispersion.peakToMean(1, 1, 4)).hasValue(2);
        assertThat(Dispersion.coefficientOfVariation(2, 4, 4, 4, 5, 5, 7, 9).orElseThrow())
                .isCloseTo(Math.sqrt(32 / 7.0) / 5, within(1e-12));
    }

    @Test
    void tellsBurstsFromAMetronome() {
        assertThat(Dispersion.index(5, 5, 5, 5)).hasValue(0);
        assertThat(Dispersion.index(0, 20, 0, 0).orElseThrow()).isCloseTo(20, within(1e-12));
        assertThat(Dispersion.index(5)).isEmpty();
        assertThat(Dispersion.index(0, 0)).isEmpty();
    }
}
