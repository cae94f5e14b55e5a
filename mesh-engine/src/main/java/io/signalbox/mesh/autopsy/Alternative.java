package io.signalbox.mesh.autopsy;

import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.model.DurationText;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Settings that differ from those of a circuit in one field, or in how it judges.
 *
 * @param value of the field, as a policy would have it
 * @param actual what the circuit has
 */
record Alternative(String field, String value, String actual, CircuitBreakerConfig config) {

    private static final String NONE = "none";
    private static final List<Integer> MINIMUMS = List.of(20, 50, 100);
    private static final int FEW = 2;
    private static final double STEP = 0.2;
    private static final int MOST_CALLS = 10_000;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Those that people try first: a little more, a little less, and the other way of judging. */
    static List<Alternative> to(CircuitBreakerConfig actual) {
        return actual.window().map(window -> toWindow(actual, window)).orElseGet(() -> toCounting(actual));
    }

    private static List<Alternative> toCounting(CircuitBreakerConfig actual) {
        int threshold = actual.failureThreshold();
        List<Alternative> all = new ArrayList<>();
        for (int other : List.of(threshold - FEW, threshold + FEW, 2 * threshold)) {
            if (other >= 1 && all.stream().noneMatch(one -> one.value().equals(String.valueOf(other)))) {
                all.add(new Alternative(
                        "failureThreshold", String.valueOf(other), String.valueOf(threshold), counting(actual, other)));
            }
        }
        for (int minimum : List.of(MINIMUMS.get(0), MINIMUMS.get(1))) {
            all.add(new Alternative(
                    "window",
                    "{ minimumCalls: " + minimum + " }",
                    NONE,
                    actual.withWindow(new BreakerWindow(
                            new Extent.Calls(BreakerWindow.DEFAULT_CALLS),
                            minimum,
                            BreakerWindow.DEFAULT_RATE,
                            Optional.empty()))));
        }
        return all;
    }

    private static List<Alternative> toWindow(CircuitBreakerConfig actual, BreakerWindow window) {
        List<Alternative> all = new ArrayList<>();
        int most = window.extent() instanceof Extent.Calls(int size) ? size : Integer.MAX_VALUE;
        for (int minimum : MINIMUMS) {
            if (minimum != window.minimumCalls() && minimum <= most) {
                all.add(new Alternative(
                        "window.minimumCalls",
                        String.valueOf(minimum),
                        String.valueOf(window.minimumCalls()),
                        actual.withWindow(
                                new BreakerWindow(window.extent(), minimum, window.failureRate(), window.slow()))));
            }
        }
        for (double rate : around(window.failureRate())) {
            all.add(new Alternative(
                    "window.failureRate",
                    text(rate),
                    text(window.failureRate()),
                    actual.withWindow(new BreakerWindow(window.extent(), window.minimumCalls(), rate, window.slow()))));
        }
        longer(window.extent())
                .ifPresent(extent -> all.add(new Alternative(
                        "window.size",
                        size(extent),
                        size(window.extent()),
                        actual.withWindow(new BreakerWindow(
                                extent, window.minimumCalls(), window.failureRate(), window.slow())))));
        window.slow().ifPresent(slow -> toSlowCalls(actual, window, slow, all));
        int failures = CircuitBreakerConfig.DEFAULT.failureThreshold();
        all.add(new Alternative("failureThreshold", String.valueOf(failures), NONE, counting(actual, failures)));
        return all;
    }

    private static void toSlowCalls(
            CircuitBreakerConfig actual, BreakerWindow window, SlowCalls slow, List<Alternative> all) {
        Duration twice = slow.duration().multipliedBy(2);
        all.add(new Alternative(
                "window.slowCallDuration",
                DurationText.format(twice),
                DurationText.format(slow.duration()),
                actual.withWindow(slow(window, new SlowCalls(slow.rate(), twice)))));
        for (double rate : around(slow.rate())) {
            all.add(new Alternative(
                    "window.slowCallRate",
                    text(rate),
                    text(slow.rate()),
                    actual.withWindow(slow(window, new SlowCalls(rate, slow.duration())))));
        }
    }

    private static BreakerWindow slow(BreakerWindow window, SlowCalls slow) {
        return new BreakerWindow(window.extent(), window.minimumCalls(), window.failureRate(), Optional.of(slow));
    }

    private static CircuitBreakerConfig counting(CircuitBreakerConfig actual, int threshold) {
        return new CircuitBreakerConfig(
                threshold,
                actual.successThreshold(),
                actual.openDuration(),
                actual.halfOpenRequests(),
                Optional.empty(),
                actual.scope());
    }

    private static Optional<Extent> longer(Extent extent) {
        return switch (extent) {
            case Extent.Calls(int size) ->
                2 * size <= MOST_CALLS ? Optional.of(new Extent.Calls(2 * size)) : Optional.empty();
            case Extent.Time(Duration size) -> {
                Duration twice = size.multipliedBy(2);
                yield twice.compareTo(LONGEST) <= 0 ? Optional.of(new Extent.Time(twice)) : Optional.empty();
            }
        };
    }

    private static List<Double> around(double rate) {
        return List.of(rate - STEP, rate + STEP).stream()
                .map(one -> BigDecimal.valueOf(one)
                        .setScale(2, RoundingMode.HALF_UP)
                        .doubleValue())
                .filter(one -> one > 0 && one <= 1)
                .toList();
    }

    private static String size(Extent extent) {
        return switch (extent) {
            case Extent.Calls(int size) -> String.valueOf(size);
            case Extent.Time(Duration size) -> DurationText.format(size);
        };
    }

    private static String text(double rate) {
        return BigDecimal.valueOf(rate).stripTrailingZeros().toPlainString();
    }
}
