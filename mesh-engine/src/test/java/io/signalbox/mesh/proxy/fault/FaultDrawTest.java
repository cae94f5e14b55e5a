package io.signalbox.mesh.proxy.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.signalbox.mesh.model.FaultDelay;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FaultDrawTest {

    private static final int DRAWS = 100_000;

    /** Of the 99.9 % interval: this many standard errors each way. */
    private static final double ERRORS = 3.3;

    @Test
    void aFixedDelayIsAlwaysTheSame() {
        assertThat(draws(new FaultDelay.Fixed(Duration.ofMillis(250)))).containsOnly(250);
    }

    @Test
    void aUniformDelayHasTheMeanAndTheSpreadOfOne() {
        double[] drawn = draws(new FaultDelay.Uniform(Duration.ofMillis(100), Duration.ofMillis(500)));

        assertThat(share(drawn, 100, 500)).isEqualTo(1);
        assertThat(mean(drawn)).isCloseTo(300, within(ERRORS * 400 / Math.sqrt(12) / Math.sqrt(DRAWS)));
        assertThat(deviation(drawn)).isCloseTo(400 / Math.sqrt(12), within(1.0));
    }

    @Test
    void aNormalDelayHasItsMeanAndDeviation() {
        double[] drawn = draws(new FaultDelay.Normal(Duration.ofMillis(500), Duration.ofMillis(50)));

        assertThat(mean(drawn)).isCloseTo(500, within(ERRORS * 50 / Math.sqrt(DRAWS)));
        assertThat(deviation(drawn)).isCloseTo(50, within(ERRORS * 50 / Math.sqrt(2 * DRAWS)));
        assertThat(share(drawn, 400, 600)).isCloseTo(0.9545, within(ERRORS * Math.sqrt(0.9545 * 0.0455 / DRAWS)));
    }

    @Test
    void aNormalDelayIsNeverLessThanNothing() {
        double[] drawn = draws(new FaultDelay.Normal(Duration.ofMillis(1), Duration.ofMillis(50)));

        assertThat(share(drawn, 0, Double.MAX_VALUE)).isEqualTo(1);
        assertThat(share(drawn, 0, 0)).isBetween(0.47, 0.52);
    }

    @Test
    void anExponentialDelayHasItsMeanAndItsLongTail() {
        double[] drawn = draws(new FaultDelay.Exponential(Duration.ofMillis(200)));

        assertThat(mean(drawn)).isCloseTo(200, within(ERRORS * 200 / Math.sqrt(DRAWS)));
        assertThat(share(drawn, 600, Double.MAX_VALUE)).isCloseTo(Math.exp(-3), within(0.003));
    }

    @Test
    void percentilesComeOutAsTheyWentIn() {
        double[] drawn = draws(new FaultDelay.Percentiles(new TreeMap<>(
                Map.of(50.0, Duration.ofMillis(10), 90.0, Duration.ofMillis(100), 99.0, Duration.ofMillis(2_000)))));
        Arrays.sort(drawn);

        assertThat(drawn[DRAWS / 2]).isCloseTo(10, within(1.0));
        assertThat(drawn[DRAWS * 9 / 10]).isCloseTo(100, within(25.0));
        assertThat(drawn[DRAWS * 7 / 10]).as("half way between two points").isCloseTo(55, within(1.5));
        assertThat(drawn[DRAWS - 1]).as("the last point is the longest").isEqualTo(2_000);
        assertThat(share(drawn, 2_000, 2_000)).isCloseTo(0.01, within(0.0012));
    }

    @Test
    void aPointAtTheBeginningIsTheShortest() {
        double[] drawn = draws(new FaultDelay.Percentiles(
                new TreeMap<>(Map.of(0.0, Duration.ofMillis(40), 100.0, Duration.ofMillis(60)))));

        assertThat(share(drawn, 40, 60)).isEqualTo(1);
        assertThat(mean(drawn)).isCloseTo(50, within(0.1));
    }

    @Test
    void whatIsDrawnBeyondTheLongestDelayIsCutToIt() {
        double[] drawn = draws(new FaultDelay.Exponential(Duration.ofMinutes(1)));

        assertThat(share(drawn, 0, 60_000)).isEqualTo(1);
        assertThat(share(drawn, 60_000, 60_000)).isCloseTo(Math.exp(-1), within(0.006));
    }

    private static double[] draws(FaultDelay delay) {
        Random random = new Random(9121);
        return DoubleStream.generate(() -> FaultDraw.of(delay, random).toNanos() / 1e6)
                .limit(DRAWS)
                .toArray();
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .average()
                .orElseThrow());
    }

    private static double share(double[] values, double from, double to) {
        return Arrays.stream(values)
                        .filter(value -> value >= from && value <= to)
                        .count()
                / (double) values.length;
    }
}
