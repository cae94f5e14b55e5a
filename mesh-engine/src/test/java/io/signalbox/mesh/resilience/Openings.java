package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerWindow;
import io.signalbox.mesh.model.BreakerWindow.Extent;
import io.signalbox.mesh.model.BreakerWindow.SlowCalls;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.CircuitBreakerConfig;
import io.signalbox.mesh.time.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Openings of real circuits, for tests of what is said about them. */
public final class Openings {

    private Openings() {}

    /** A call that was answered with that status, or not at all. */
    public record Answered(
            @Nullable String requestId,
            int status,
            @Nullable Cause cause,
            long tookNanos) implements CallNotes {}

    /**
     * So many calls that are under way together fail a tenth of a second apart, the first of them called {@code r-1};
     * then three calls are refused.
     */
    public static Opening counted(ManualTime time, int threshold, int calls) {
        return counted(time, calls, new CircuitBreakerConfig(threshold, 2, Duration.ofSeconds(60), 3));
    }

    /** The same, with calls refused within a short open time. */
    public static Opening counted(ManualTime time, int threshold, int calls, Duration open) {
        return counted(time, calls, new CircuitBreakerConfig(threshold, 2, open, 3));
    }

    /** The same of a circuit that stands for a whole service. */
    public static Opening ofService(ManualTime time, int threshold, int calls) {
        return counted(
                time,
                calls,
                new CircuitBreakerConfig(
                        threshold, 2, Duration.ofSeconds(60), 3, Optional.empty(), BreakerScope.SERVICE));
    }

    private static Opening counted(ManualTime time, int calls, CircuitBreakerConfig config) {
        CircuitBreaker breaker = new CircuitBreaker(config, time, time, moved -> {});
        List<Permit> underWay = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            underWay.add(Objects.requireNonNull(breaker.tryAcquire()));
        }
        for (int i = 1; i <= calls; i++) {
            time.advance(Duration.ofMillis(100));
            underWay.get(i - 1).failure(new Answered("r-" + i, 503, null, 100_000_000L * i));
        }
        for (int i = 0; i < 3; i++) {
            time.advance(config.openDuration().dividedBy(6));
            Objects.checkIndex(breaker.tryAcquire() == null ? 0 : 1, 1);
        }
        return breaker.lastOpening().orElseThrow();
    }

    /** Of four calls in a row two fail: one is answered badly, one cannot be connected. */
    public static Opening windowed(ManualTime time) {
        BreakerWindow window =
                new BreakerWindow(new Extent.Calls(30), 4, 0.5, Optional.of(new SlowCalls(0.8, Duration.ofSeconds(1))));
        CircuitBreaker breaker =
                new CircuitBreaker(CircuitBreakerConfig.DEFAULT.withWindow(window), time, time, moved -> {});
        for (int i = 1; i <= 4; i++) {
            Permit permit = Objects.requireNonNull(breaker.tryAcquire());
            time.advance(Duration.ofMillis(i == 2 ? 1_200 : 20));
            switch (i) {
                case 3 -> permit.failure(new Answered("w-3", 500, null, 0));
                case 4 -> permit.failure(new Answered("w-4", 0, Cause.CONNECT_FAILURE, 0));
                default -> permit.success(new Answered("w-" + i, 200, null, 0));
            }
        }
        return breaker.lastOpening().orElseThrow();
    }
}
