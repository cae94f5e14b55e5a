package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.resilience.LatencyQuantiles;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the attempts of one call get company, and what the call teaches about the service's latency. Belongs to the
 * exchange's thread.
 *
 * <p>Only the time of the attempt that began by itself is learnt: its answer's, or, when another one was quicker, the
 * time it had had until then. That is longer than the delay, so hedging does not make the service look quicker than it
 * is.
 */
final class Hedging {

    private static final double PERCENT = 100;

    private final RetryPolicy.Hedge hedge;
    private final LatencyQuantiles latency;
    private final Ticker ticker;
    private int extraLeft;
    private long firstNanos;
    private @Nullable Cancellable timer;

    Hedging(RetryPolicy.Hedge hedge, LatencyQuantiles latency, Ticker ticker) {
        this.hedge = hedge;
        this.latency = latency;
        this.ticker = ticker;
        this.extraLeft = hedge.maxExtra();
    }

    /** An attempt begins by itself. */
    void began() {
        stop();
        firstNanos = ticker.nanos();
    }

    /** How long from now until company is due; {@code null} for never. */
    @Nullable
    Duration delay() {
        return extraLeft == 0
                ? null
                : switch (hedge.after()) {
                    case HedgeDelay.Fixed(Duration delay) -> delay;
                    case HedgeDelay.Quantile(double percent) -> latency.quantile(percent / PERCENT);
                };
    }

    void waiting(Cancellable next) {
        timer = next;
    }

    void joined() {
        extraLeft--;
    }

    /** A good answer has come, from whichever attempt. */
    void answered() {
        if (hedge.after() instanceof HedgeDelay.Quantile) {
            latency.record(ticker.nanos() - firstNanos);
        }
    }

    void stop() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
            timer = null;
        }
    }
}
