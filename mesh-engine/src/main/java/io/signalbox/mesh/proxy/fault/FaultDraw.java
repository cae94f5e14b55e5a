package io.signalbox.mesh.proxy.fault;

import io.signalbox.mesh.model.FaultDelay;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.random.RandomGenerator;

/** Draws how long a fault holds a request back. */
final class FaultDraw {

    private static final double WHOLE = 100;

    private FaultDraw() {}

    /** From zero to {@link FaultDelay#LONGEST}. */
    static Duration of(FaultDelay delay, RandomGenerator random) {
        double nanos = switch (delay) {
            case FaultDelay.Fixed(Duration length) -> length.toNanos();
            case FaultDelay.Uniform(Duration min, Duration max) -> between(min, max, random.nextDouble());
            case FaultDelay.Normal(Duration mean, Duration deviation) ->
                mean.toNanos() + random.nextGaussian() * deviation.toNanos();
            case FaultDelay.Exponential(Duration mean) -> random.nextExponential() * mean.toNanos();
            case FaultDelay.Percentiles(SortedMap<Double, Duration> points) -> at(WHOLE * random.nextDouble(), points);
        };
        return Duration.ofNanos(Math.clamp(Math.round(nanos), 0, FaultDelay.LONGEST.toNanos()));
    }

    private static double at(double percent, SortedMap<Double, Duration> points) {
        double lowPercent = 0;
        Duration low = Duration.ZERO;
        for (Map.Entry<Double, Duration> point : points.entrySet()) {
            if (percent < point.getKey()) {
                return between(low, point.getValue(), (percent - lowPercent) / (point.getKey() - lowPercent));
            }
            lowPercent = point.getKey();
            low = point.getValue();
        }
        return low.toNanos();
    }

    private static double between(Duration low, Duration high, double share) {
        return low.toNanos() + share * (high.toNanos() - low.toNanos());
    }
}
