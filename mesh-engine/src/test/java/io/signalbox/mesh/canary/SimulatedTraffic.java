package io.signalbox.mesh.canary;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Requests that arrive at random (Poisson), are split at random by weight, fail at random and take log-normal times; one
 * window of ten seconds after the other.
 */
final class SimulatedTraffic {

    static final Duration LOOK = Duration.ofSeconds(10);

    /**
     * How the two versions behave.
     *
     * @param slowness by which factor every latency of the candidate is longer than stable's
     * @param spread the standard deviation of the latency's logarithm
     * @param swing how far the failures of both swing up and down with the environment, as a part of their mean
     * @param badFrom the weight from which the candidate is what it is; with less it is as good as stable
     */
    record Shape(
            double rate,
            double stableFails,
            double candidateFails,
            double slowness,
            double spread,
            double swing,
            int badFrom) {

        static final double MEDIAN_NANOS = 40e6;

        /** 0.6: p99 is 4 times the median. */
        static final double SPREAD = 0.6;

        static Shape of(double rate, double stableFails, double candidateFails) {
            return new Shape(rate, stableFails, candidateFails, 1, SPREAD, 0, 0);
        }

        Shape slower(double factor) {
            return new Shape(rate, stableFails, candidateFails, factor, spread, swing, badFrom);
        }

        Shape withSpread(double newSpread) {
            return new Shape(rate, stableFails, candidateFails, slowness, newSpread, swing, badFrom);
        }

        Shape swinging(double part) {
            return new Shape(rate, stableFails, candidateFails, slowness, spread, part, badFrom);
        }

        Shape badFrom(int weight) {
            return new Shape(rate, stableFails, candidateFails, slowness, spread, swing, weight);
        }

        /** What stable's latency at 99 % really is, in nanoseconds. */
        double stableP99() {
            return MEDIAN_NANOS * Math.exp(2.3263 * spread);
        }
    }

    private final Shape shape;
    private final SplittableRandom random;
    private static final Duration SWING = Duration.ofMinutes(30);

    private final SlotLottery stableSlots;
    private final SlotLottery candidateSlots;
    private Duration time = Duration.ZERO;

    SimulatedTraffic(Shape shape, SplittableRandom random) {
        this.shape = shape;
        this.random = random;
        this.stableSlots = SlotLottery.of(Shape.MEDIAN_NANOS, shape.spread());
        this.candidateSlots = SlotLottery.of(Shape.MEDIAN_NANOS * shape.slowness(), shape.spread());
    }

    /** @param weight of the candidate, in percent */
    Window next(int weight) {
        long requests = arrivals(shape.rate() * LOOK.toSeconds());
        long candidate = 0;
        for (long i = 0; i < requests; i++) {
            candidate += random.nextInt(100) < weight ? 1 : 0;
        }
        double times = 1 + shape.swing() * Math.sin(2 * Math.PI * time.toSeconds() / SWING.toSeconds());
        double fails = weight >= shape.badFrom() ? shape.candidateFails() : shape.stableFails();
        time = time.plus(LOOK);
        return new Window(
                LOOK,
                slice(requests - candidate, shape.stableFails() * times, stableSlots),
                slice(candidate, fails * times, candidateSlots));
    }

    private Slice slice(long requests, double fails, SlotLottery slots) {
        long failures = 0;
        long[] latency = new long[Latencies.SLOTS];
        for (long i = 0; i < requests; i++) {
            failures += random.nextDouble() < fails ? 1 : 0;
            latency[slots.draw(random)]++;
        }
        return new Slice(requests, failures, new Latencies(Counts.ofTrimmed(latency)));
    }

    private long arrivals(double mean) {
        if (mean == 0) {
            return 0;
        }
        long arrived = -1;
        for (double sum = 0; sum < mean; arrived++) {
            sum -= Math.log(1 - random.nextDouble());
        }
        return arrived;
    }
}
