package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.GrpcStatus;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One attempt of a call: the endpoint, the leave of its circuit, and how it went.
 *
 * <p>The circuit learns of a 5xx, a timeout and a failed connection at once, of a success only when the last byte has
 * been delivered: an answer that breaks off half-way is a failure, and so, where it is asked about, is a status of gRPC
 * that says so, which mostly comes last.
 */
final class Attempt extends AttemptNotes implements OutboundCall.Step, AttemptListener {

    private static final int SERVER_ERROR = 500;

    private final OutboundCall call;
    private EndpointChooser.@Nullable Choice chosen;
    private @Nullable UpstreamAttempt upstream;
    private @Nullable Cancellable timer;
    private boolean settled;
    private boolean blameless;
    private boolean grpcFailure;

    Attempt(OutboundCall call) {
        super(call.environment.ticker().nanos());
        this.call = call;
    }

    /** Where it goes; it counts among those that are under way there, and notes how many others there are. */
    void goesTo(EndpointChooser.Choice choice) {
        chosen = choice;
        lineUp(choice.state().circuit().state(), call.environment.circuits());
        choice.state().inFlight.incrementAndGet();
    }

    private EndpointChooser.Choice choice() {
        return Objects.requireNonNull(chosen);
    }

    @Override
    Endpoint endpoint() {
        return choice().endpoint();
    }

    @Override
    RouteDecision.Routed route() {
        return call.route();
    }

    @Override
    long nanos() {
        return call.environment.ticker().nanos();
    }

    @Override
    @Nullable
    String zone() {
        return call.chooser.zone();
    }

    void start() {
        Target target = choice().state().target();
        if (target == null) {
            onFailed(new UpstreamFailure.IdentityRefused(
                    "the endpoint speaks mutual TLS alone, and this sidecar has no identity"));
            return;
        }
        UpstreamAttempt started = call.exchange.attempt(target, call.outgoingHead(), this);
        upstream = started;
        Duration limit = call.perTryTimeout();
        if (limit != null) {
            timer = call.exchange.after(limit, call.guarded(() -> timedOut(limit)));
        }
        started.start();
    }

    @Override
    public void onHead(ResponseHead head) {
        Endpoint endpoint = choice().endpoint();
        Cause cause = Outcomes.meshCause(endpoint, head);
        // A gRPC caller's peer hides its failures behind a 200.
        int status = cause == null ? head.status() : FailureResponder.status(cause);
        noteHead(status, cause);
        if (status >= SERVER_ERROR) {
            Outcomes.Reading reading = Outcomes.of(status, cause);
            Duration pause = call.pauseBeforeRetry(this, reading);
            if (pause != null && retry(reading.outcome(), pause)) {
                return;
            }
        }
        if (!call.beginDelivery(this)) {
            return;
        }
        call.ledger.headCame();
        choice().permit().answered();
        cancelTimer();
        if (status >= SERVER_ERROR) {
            failed();
        } else {
            choice().answered();
            readGrpcStatus(head.headers());
        }
        UpstreamAttempt answering = upstream;
        if (answering != null) {
            OutgoingRequest.edit(head.headers(), call.route());
            answering.deliver(head);
        }
    }

    @Override
    public void onFailed(UpstreamFailure failure) {
        if (call.endDelivery(this)) {
            noteEnd(AttemptEnd.BROKE_OFF, Cause.UPSTREAM_RESET);
            failed();
            call.ledger.ended(status(), AnsweredBy.UPSTREAM, Cause.UPSTREAM_RESET);
            return;
        }
        blameless = failure instanceof UpstreamFailure.Overloaded;
        Outcomes.Reading reading = Outcomes.of(failure);
        noteEnd(end(reading.outcome()), new ProxyFailure.Upstream(failure).cause());
        Duration pause = call.pauseBeforeRetry(this, reading);
        if (pause != null && retry(reading.outcome(), pause)) {
            return;
        }
        if (call.failFrom(this, new ProxyFailure.Upstream(failure))) {
            cancelTimer();
            failed();
        }
    }

    @Override
    public void onTrailers(MessageHeaders trailers) {
        readGrpcStatus(trailers);
    }

    @Override
    public void onDelivered() {
        if (call.endDelivery(this)) {
            if (grpcFailure) {
                failed();
            } else {
                succeeded();
            }
            Cause ofPeer = cause();
            call.ledger.ended(status(), ofPeer == null ? AnsweredBy.UPSTREAM : AnsweredBy.MESH, ofPeer);
        }
    }

    @Override
    public void onCallerGone() {
        if (call.endDelivery(this)) {
            ignored();
            call.ledger.callerGone();
        }
    }

    /** Stops it without saying how it went. */
    void giveUp() {
        cancelTimer();
        UpstreamAttempt running = upstream;
        if (running != null) {
            running.abandon();
        }
    }

    /** A failure, unless it was one of this sidecar's own limits. */
    void failed() {
        if (blameless) {
            ignored();
        } else if (settle()) {
            choice().permit().failure();
            choice().state().failed();
            choice().failed();
        }
    }

    void ignored() {
        if (settle()) {
            choice().permit().ignore();
            if (status() == 0 && !blameless) {
                choice().abandoned();
            }
        }
    }

    private void succeeded() {
        if (settle()) {
            choice().permit().success();
            choice().state().succeeded();
        }
    }

    private boolean settle() {
        if (settled) {
            return false;
        }
        settled = true;
        choice().state().inFlight.decrementAndGet();
        return true;
    }

    private void readGrpcStatus(MessageHeaders fields) {
        if (choice().state().readsGrpcStatus() && GrpcStatus.isFailure(fields)) {
            grpcFailure = true;
        }
    }

    private boolean retry(AttemptOutcome outcome, Duration pause) {
        return call.retryAfter(this, outcome, pause);
    }

    private void timedOut(Duration limit) {
        Outcomes.Reading reading = new Outcomes.Reading(new AttemptOutcome.TimedOut(), Reach.MAYBE_REACHED);
        noteEnd(AttemptEnd.TRY_TIMED_OUT, Cause.PER_TRY_TIMEOUT);
        Duration pause = call.pauseBeforeRetry(this, reading);
        if (pause != null && retry(reading.outcome(), pause)) {
            return;
        }
        if (call.failFrom(this, new ProxyFailure.PerTryTimeout(limit))) {
            giveUp();
            failed();
        }
    }

    private void cancelTimer() {
        Cancellable running = timer;
        if (running != null) {
            running.cancel();
        }
    }
}
