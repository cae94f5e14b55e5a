package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.resilience.ConcurrencyLimiter;
import io.signalbox.mesh.resilience.Place;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The places that one call holds under the concurrency limit of its service: one for itself from before its first attempt
 * to its end, retries and their pauses included, and one for each attempt that runs beside another.
 *
 * <p>Belongs to the exchange's thread; only the limiter is shared.
 */
final class Admission {

    private static final int SERVER_ERROR = 500;

    private final OutboundCall call;
    private final ConcurrencyLimiter limiter;

    /** The call's own first. */
    private final ArrayDeque<Place> places = new ArrayDeque<>(1);

    private @Nullable Cancellable patience;

    Admission(OutboundCall call, ConcurrencyLimiter limiter) {
        this.call = call;
        this.limiter = limiter;
    }

    /** Lets the call in, now or later, or refuses it. */
    void enter() {
        Place own = limiter.enter(() -> call.exchange.execute(call.guarded(this::served)));
        if (own == null) {
            call.ledger.nowhere(call.route().version());
            refuse(Duration.ZERO);
            return;
        }
        places.add(own);
        if (own.queued()) {
            // Until it goes somewhere it counts as going nowhere.
            call.ledger.nowhere(call.route().version());
            Duration longest = limiter.config().maxWait();
            patience = call.exchange.after(longest, call.guarded(() -> waited(own, longest)));
        } else {
            call.admitted();
        }
    }

    private void served() {
        stopWaiting();
        if (!(call.step() instanceof OutboundCall.Over)) {
            call.admitted();
        }
    }

    private void waited(Place own, Duration longest) {
        // Once it is held the call is about to hear of it.
        if (!own.isHeld()) {
            limiter.refusedAfterWaiting();
            refuse(longest);
        }
    }

    private void refuse(Duration waited) {
        call.refuse(new ProxyFailure.TooManyAtOnce(call.route().config().service(), waited));
    }

    /** Takes a place for one more attempt at a time, if there is one at once. */
    boolean tryAnother() {
        Place another = limiter.tryEnter();
        if (another != null) {
            places.add(another);
        }
        return another != null;
    }

    /** Gives back what the call no longer needs where it now stands. */
    void follow(OutboundCall.Step step) {
        int needed = step instanceof OutboundCall.Over
                ? 0
                : Math.max(1, Race.attempts(step).size());
        while (places.size() > needed) {
            places.removeLast().leave();
        }
        if (needed == 0) {
            stopWaiting();
        }
    }

    /**
     * An answer's head came so long after its attempt began. What the mesh says of a connection, and an error that comes
     * not of load, tells nothing of it.
     *
     * @param cause which the peer's sidecar gave, if it gave the answer
     */
    void answered(int status, @Nullable Cause cause, long nanos) {
        if (cause == null ? saysTooMuch(status) : cause == Cause.TIMEOUT) {
            limiter.overloaded();
        } else if (cause == null && status < SERVER_ERROR) {
            limiter.answered(nanos);
        }
    }

    private static boolean saysTooMuch(int status) {
        return status == 429 || status == 503 || status == 504;
    }

    /** The time was over; that is the service's fault if it had been asked. */
    void timedOut() {
        if (patience == null) {
            limiter.overloaded();
        }
    }

    private void stopWaiting() {
        Cancellable waiting = patience;
        if (waiting != null) {
            waiting.cancel();
            patience = null;
        }
    }
}
