package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.HedgeDelay;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.resilience.LatencyQuantiles;
import io.signalbox.mesh.resilience.RetryDecider;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When the attempts of one call get company, who of several wins, and what the call teaches about the service's latency.
 * Belongs to the exchange's thread.
 *
 * <p>Only the time of the attempt that began by itself is learnt: its answer's, or, when another one was quicker, the
 * time it had had until then. That is longer than the delay, so hedging does not make the service look quicker than it
 * is.
 */
final class Hedging {

    /** How often a call that is due for company looks whether its body has come, at most. */
    private static final Duration BODY_LOOK = Duration.ofMillis(25);

    private static final double PERCENT = 100;

    /** Of the answers of a service of which plenty are known, since all threads count in one place. */
    private static final int ONE_OF = 8;

    private final OutboundCall call;
    private final RetryPolicy.Hedge hedge;
    private final LatencyQuantiles latency;
    private final Ticker ticker;
    private int extraLeft;
    private long firstNanos;
    private @Nullable Cancellable timer;

    private Hedging(OutboundCall call, RetryPolicy.Hedge hedge, LatencyQuantiles latency) {
        this.call = call;
        this.hedge = hedge;
        this.latency = latency;
        this.ticker = call.environment.ticker();
        this.extraLeft = hedge.maxExtra();
    }

    /** Returns that of one call; {@code null} when its attempts get no company. */
    static @Nullable Hedging of(OutboundCall call, RetryPolicy retry, ServiceTraffic traffic) {
        IncomingHead head = call.exchange.head();
        // What asks to leave HTTP takes a connection as a whole.
        return retry.hedge().isPresent()
                        && RetryDecider.repeatable(retry.methods(), head.method())
                        && head.headers().first("Upgrade") == null
                ? new Hedging(call, retry.hedge().get(), traffic.latency())
                : null;
    }

    /** An attempt begins by itself. */
    void began() {
        stop();
        firstNanos = ticker.nanos();
        await(Duration.ZERO);
    }

    /** A good answer has come, from whichever attempt. */
    void answered() {
        if (hedge.after() instanceof HedgeDelay.Quantile
                && (!latency.knowsPlenty() || call.environment.random().nextInt(ONE_OF) == 0)) {
            latency.record(ticker.nanos() - firstNanos);
        }
    }

    /** Drops an attempt that went badly while others run; false when it is the last one, whose end decides. */
    boolean dropped(Attempt attempt) {
        if (!(call.step() instanceof Race race) || !race.holds(attempt)) {
            return false;
        }
        OutboundCall.Step left = race.without(attempt);
        call.moved(race, left);
        attempt.giveUp();
        attempt.ended();
        if (left instanceof Attempt last) {
            call.ledger.goesOn(last.endpoint());
        }
        return true;
    }

    /** The first good answer of several: the others are given up, and nobody is to blame. */
    boolean won(Attempt winner) {
        if (!(call.step() instanceof Race race) || !race.holds(winner)) {
            return false;
        }
        call.moved(race, new OutboundCall.Delivering(winner));
        Race.giveUp(race.without(winner), Attempt::overtaken);
        call.ledger.goesOn(winner.endpoint());
        return true;
    }

    void stop() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
            timer = null;
        }
    }

    private void await(Duration atLeast) {
        Duration delay = delay();
        if (delay != null) {
            Duration wait = delay.compareTo(atLeast) < 0 ? atLeast : delay;
            timer = call.exchange.after(wait, call.guarded(this::send));
        }
    }

    /** How long from now until company is due; {@code null} for never. */
    private @Nullable Duration delay() {
        return extraLeft == 0
                ? null
                : switch (hedge.after()) {
                    case HedgeDelay.Fixed(Duration delay) -> delay;
                    case HedgeDelay.Quantile(double percent) -> latency.quantile(percent / PERCENT);
                };
    }

    private void send() {
        if (!call.exchange.bodyReplayable()) {
            return;
        }
        if (!call.exchange.bodyComplete()) {
            await(BODY_LOOK);
            return;
        }
        Attempt company = call.accompanied();
        if (company != null) {
            extraLeft--;
            await(Duration.ZERO);
            company.start();
        }
    }
}
