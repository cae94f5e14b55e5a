package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.filter.GrpcTimeout;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.TimeLeft;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.resilience.Deadline;
import io.signalbox.mesh.resilience.RetryDecider;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.time.Ticker;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How long one call may take: until its answer's head, and where its caller says so, until the answer's end.
 *
 * <p>Belongs to the exchange's thread. One timer runs at a time, first for the head, then for the end.
 */
final class CallTime {

    /** Who said how long it waits ends the call itself; the mesh does only for one that does not. */
    private static final Duration COURTESY = Duration.ofMillis(25);

    private final ServerExchange exchange;
    private final Duration limit;
    private final Duration courtesy;
    private final Deadline deadline;
    private final @Nullable Deadline callers;
    private @Nullable Cancellable timer;
    private boolean told;

    /**
     * @param timeout of the route
     * @param left what those wait for whom the application makes the call; {@code null} when nobody said
     */
    CallTime(ServerExchange exchange, Ticker ticker, Duration timeout, @Nullable Duration left) {
        Duration asked = GrpcTimeout.asked(exchange.head().headers());
        this.exchange = exchange;
        this.limit = shorter(shorter(timeout, asked), left);
        this.courtesy = limit.equals(asked) ? COURTESY : Duration.ZERO;
        this.deadline = Deadline.after(limit, ticker);
        this.callers = asked == null ? null : Deadline.after(asked, ticker);
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other != null && other.compareTo(one) < 0 ? other : one;
    }

    /** Until the answer's head, from the beginning. */
    Duration limit() {
        return limit;
    }

    Deadline deadline() {
        return deadline;
    }

    /** Until the head of one attempt's answer; {@code null} when the call's own time is the limit. */
    @Nullable
    Duration perTry(RetryPolicy retry) {
        return retry.perTryTimeout().isEmpty() ? null : RetryDecider.tryTimeout(retry, deadline);
    }

    /**
     * The fields of one attempt, which tell the endpoint how long it has. Attempts may run side by side, so none but the
     * first gets the very fields that are given.
     *
     * @param tryLimit of the attempt, if it has one
     */
    MessageHeaders tell(MessageHeaders fields, Endpoint endpoint, @Nullable Duration tryLimit) {
        Deadline asked = callers;
        MessageHeaders own = told || asked != null ? fields.copy() : fields;
        told = true;
        if (asked != null) {
            GrpcTimeout.pass(own, asked.remaining());
        }
        if (endpoint.secured()) {
            TimeLeft.tell(own, tryLimit != null ? tryLimit : deadline.remaining());
        } else {
            own.remove(MeshFields.DEADLINE);
        }
        return own;
    }

    void awaitHead(Runnable passed) {
        timer = exchange.after(limit.plus(courtesy), passed);
    }

    /** Whether the caller said how long it waits, which is a limit also on what follows the head. */
    boolean boundsEnd() {
        return callers != null;
    }

    void awaitEnd(Runnable passed) {
        timer = exchange.after(Objects.requireNonNull(callers).remaining().plus(COURTESY), passed);
    }

    void cancel() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
            timer = null;
        }
    }
}
