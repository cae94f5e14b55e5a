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

    private @Nullable Place own;

    /** Of the attempts beside another; nearly no call has any. */
    private @Nullable ArrayDeque<Place> others;

    private @Nullable Cancellable patience;

    Admission(OutboundCall call, ConcurrencyLimiter limiter) {
        this.call = call;
        this.limiter = limiter;
    }

    /** Lets the call in, now or later, or refuses it. */
    void enter() {
        Place free = limiter.tryEnter();
        Place place = free != null ? free : limiter.enter(() -> call.exchange.execute(call.guarded(this::served)));
        own = place;
        if (place == null) {
            call.ledger.nowhere(call.route().version());
            refuse(Duration.ZERO);
        } else if (place.queued()) {
            // Until it goes somewhere it counts as going nowhere.
            call.ledger.nowhere(call.route().version());
            Duration longest = limiter.config().maxWait();
            patience = call.exchange.after(longest, call.guarded(() -> waited(place, longest)));
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
        if (another == null) {
            return false;
        }
        if (others == null) {
            others = new ArrayDeque<>(2);
        }
        others.add(another);
        return true;
    }

    /** Gives back what the call no longer needs where it now stands. */
    void follow(OutboundCall.Step step) {
        if (others != null) {
            int needed = step instanceof Race race ? race.size() - 1 : 0;
            while (others.size() > needed) {
                others.removeLast().leave();
            }
        }
        if (step instanceof OutboundCall.Over) {
            stopWaiting();
            Place left = own;
            if (left != null) {
                left.leave();
            }
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
