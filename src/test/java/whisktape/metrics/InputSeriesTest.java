package whisktape.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.client.Collector.MetricFamilySamples.Sample;
import io.prometheus.client.Collector.Type;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class InputSeriesTest {
    private final RowStore store = RowStore.create();

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatStaysIsARun() {
        assertThat(counted(0, 7, 7, 7, 7)).isEqualTo("7+0x3");
    }

    @Test
    void whatGrowsEvenlyIsARun() {
        assertThat(counted(0, 0, 2, 4, 6, 6)).isEqualTo("0+2x3 6");
    }

    @Test
    void whatFallsEvenlyIsARun() {
        assertThat(counted(0, 9, 6, 3, 0, 1, 5)).isEqualTo("9-3x3 1 5");
    }

    @Test
    void fractionsAreNotAddedUpByPromtool() {
        assertThat(counted(0, 0, 0.1, 0.2, 0.2, 0.2, 1.5)).isEqualTo("0 0.1 0.2+0x2 1.5");
    }

    @Test
    void beforeItsFirstStepASeriesIsNotThere() {
        assertThat(counted(4, 3, 8)).isEqualTo("_x3 0 3 8");
    }

    @Test
    void runsGoOnToTheLastStep() {
        Metric metric = metric(0, 1, 5);

        assertThat(InputSeries.of(metric, 0, 100)).isEqualTo("1 5+0x99");
    }

    private String counted(int firstStep, double... values) {
        return InputSeries.of(metric(firstStep, values), 0, firstStep + values.length - 1);
    }

    private Metric metric(int firstStep, double... values) {
        Metric metric = new Metric(store, List.of(sample(0)));
        for (int i = 0; i < values.length; i++) {
            metric.add(firstStep + i, Type.COUNTER, List.of(sample(values[i])));
        }
        return metric;
    }

    private static Sample sample(double value) {
        return new Sample("calls", List.of(), List.of(), value);
    }
}
