package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptEnd;
import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.proxy.failure.GrpcStatus;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.fault.FaultInjector;
import io.signalbox.mesh.proxy.fault.FaultPlan;
import io.signalbox.mesh.proxy.fault.FaultyAttempt;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.Via;
import io.signalbox.mesh.proxy.transport.AttemptListener;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamAttempt;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.FailedAttempt.Reach;
import io.signalbox.mesh.resilience.RetryAfter;
import io.signalbox.mesh.resilience.RetryDecider;
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

    private static final int OK = 200;
    private static final int CLIENT_ERROR = 400;
    private static final int SERVER_ERROR = 500;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final OutboundCall call;
    private EndpointChooser.@Nullable Choice chosen;
    private @Nullable UpstreamAttempt upstream;
    private @Nullable FaultPlan fault;
    private @Nullable Comparison compared;
    private @Nullable Cancellable timer;
    private @Nullable Duration tryLimit;
    private boolean settled;
    private boolean blameless;
    private boolean listed;
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

    @Override
    public @Nullable String requestId() {
        return call.ledger.requestId();
    }

    void start() {
        Target target = choice().state().target();
        if (target == null) {
            onFailed(new UpstreamFailure.IdentityRefused(
                    "the endpoint speaks mutual TLS alone, and this sidecar has no identity"));
            return;
        }
        Duration limit = call.time().perTry(call.route().retry());
        tryLimit = limit;
        UpstreamAttempt started = disturbed(call.exchange.attempt(target, call.outgoingHead(this, limit), this));
        upstream = started;
        if (limit != null) {
            timer = call.exchange.after(limit, call.guarded(() -> timedOut(limit)));
        }
        started.start();
    }

    /** The same, unless a fault of the policy befalls it. */
    private UpstreamAttempt disturbed(UpstreamAttempt attempt) {
        FaultInjector faults = call.traffic().faults();
        FaultPlan plan = faults == null
                ? null
                : faults.plan(call.exchange.head(), choice().endpoint().version());
        fault = plan;
        if (plan == null) {
            return attempt;
        }
        noteFaults(plan.names());
        return new FaultyAttempt(
                call.exchange,
                attempt,
                plan,
                this,
                () -> onFailed(new UpstreamFailure.Reset("a fault of the policy reset the connection")));
    }

    @Override
    public void onHead(ResponseHead head) {
        Cause cause = causeIn(head);
        int status = Outcomes.status(head, cause);
        noteHead(status, cause);
        if (cause == Cause.TIMEOUT && tryLimit != null && hasPassed(tryLimit)) {
            cancelTimer();
            timedOut(tryLimit);
            return;
        }
        Admission admission = call.admission();
        if (admission != null) {
            admission.answered(status, cause, took());
        }
        int grpcCode = status == OK ? Outcomes.grpcCode(head) : 0;
        if ((status >= CLIENT_ERROR || grpcCode != 0) && call.route().retry().repeats()) {
            Outcomes.Reading reading = Outcomes.of(status, grpcCode, cause).pausing(pauseAsked(head));
            readGrpcStatus(head.headers());
            listed = RetryDecider.condition(call.route().retry(), reading.outcome()) != null;
            if (!isGood() && dropped()) {
                return;
            }
            Duration pause = Retrying.pause(call, this, reading);
            if (pause != null && retry(reading.outcome(), pause)) {
                return;
            }
        }
        if (!call.beginDelivery(this)) {
            return;
        }
        call.ledger.headCame();
        Mirroring mirror = call.traffic().mirror();
        if (mirror != null && cause == null) {
            compared = mirror.answered(this, call.exchange, () -> call.outgoingHead(this, null), head);
        }
        choice().permit().answered();
        cancelTimer();
        if (isFailure()) {
            failed();
        } else {
            choice().answered();
            readGrpcStatus(head.headers());
        }
        UpstreamAttempt answering = upstream;
        if (answering != null) {
            Via.pass(head.version(), head.headers());
            OutgoingRequest.edit(head.headers(), call.route());
            if (compared != null) {
                answering.keep(compared.primary());
            }
            answering.deliver(head);
        }
    }

    /** Makes the head fit to pass on; what befell the request stays written on it. */
    private @Nullable Cause causeIn(ResponseHead head) {
        Endpoint endpoint = choice().endpoint();
        if (!call.route().policy().experiments().faults().isEmpty()) {
            noteFaults(Outcomes.faults(endpoint, head));
        }
        Cause ofPeer = Outcomes.meshCause(endpoint, head);
        FaultPlan plan = fault;
        if (plan != null) {
            plan.mark(head.headers());
        }
        if (!faults().isEmpty()) {
            head.headers().set(MeshFields.FAULT, String.join(", ", faults()));
        }
        return plan == null || plan.cause() == null ? ofPeer : plan.cause();
    }

    @Override
    public void onFailed(UpstreamFailure failure) {
        if (call.endDelivery(this)) {
            noteEnd(AttemptEnd.BROKE_OFF, Cause.UPSTREAM_RESET);
            nothingToCompare();
            failed();
            call.ledger.ended(status(), AnsweredBy.UPSTREAM, Cause.UPSTREAM_RESET);
            return;
        }
        blameless = failure instanceof UpstreamFailure.Overloaded;
        Outcomes.Reading reading = Outcomes.of(failure);
        noteEnd(end(reading.outcome()), new ProxyFailure.Upstream(failure).cause());
        if (dropped()) {
            return;
        }
        Duration pause = Retrying.pause(call, this, reading);
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
            if (compared != null) {
                compared.primaryDelivered();
            }
            Cause ofPeer = cause();
            call.ledger.ended(status(), ofPeer == null ? AnsweredBy.UPSTREAM : AnsweredBy.MESH, ofPeer);
        }
    }

    @Override
    public void onCallerGone() {
        if (call.endDelivery(this)) {
            ignored();
            nothingToCompare();
            call.ledger.callerGone();
        }
    }

    private void nothingToCompare() {
        if (compared != null) {
            compared.giveUp();
        }
    }

    /** Stops it without saying how it went. */
    void giveUp() {
        cancelTimer();
        nothingToCompare();
        UpstreamAttempt running = upstream;
        if (running != null) {
            running.abandon();
        }
    }

    /** Whether its answer is worth waiting for: no failure, and not what the policy names as worth another try. */
    boolean isGood() {
        return !isFailure() && !listed;
    }

    private boolean isFailure() {
        return status() >= SERVER_ERROR;
    }

    /** It is over without its answer having been passed on: one that was no failure is a success all the same. */
    void ended() {
        if (status() == 0 || isFailure() || grpcFailure) {
            failed();
        } else {
            choice().permit().answered();
            choice().answered();
            succeeded();
        }
    }

    /** The time for the whole call passed before an answer. */
    void outOfTime() {
        if (!isOver()) {
            noteEnd(AttemptEnd.TIMED_OUT, Cause.TIMEOUT);
        }
        failed();
    }

    /** A failure, unless it was one of this sidecar's own limits. */
    void failed() {
        if (blameless) {
            ignored();
        } else if (settle()) {
            choice().permit().failure(this);
            choice().state().failed();
            choice().failed();
        }
    }

    /** Another attempt of the same call has answered first. */
    void overtaken() {
        noteEnd(AttemptEnd.OVERTAKEN, null);
        ignored();
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
            choice().permit().success(this);
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

    /** What the peer's limit refuses says nothing of its health, to callers of gRPC as little as to others. */
    private void readGrpcStatus(MessageHeaders fields) {
        if (choice().state().readsGrpcStatus() && cause() != Cause.RATE_LIMITED && GrpcStatus.isFailure(fields)) {
            grpcFailure = true;
        }
    }

    private Duration pauseAsked(ResponseHead head) {
        return RetryAfter.read(head.headers().first(RetryAfter.HEADER), call.environment.clock());
    }

    private boolean dropped() {
        Hedging hedges = call.hedging();
        return hedges != null && hedges.dropped(this);
    }

    private boolean retry(AttemptOutcome outcome, Duration pause) {
        return call.retryAfter(this, outcome, pause);
    }

    /** Whether the peer, which keeps the same time in whole milliseconds, may call it over. */
    private boolean hasPassed(Duration limit) {
        return took() >= limit.toNanos() - NANOS_PER_MILLI;
    }

    private void timedOut(Duration limit) {
        noteEnd(AttemptEnd.TRY_TIMED_OUT, Cause.PER_TRY_TIMEOUT);
        Admission admission = call.admission();
        if (admission != null) {
            admission.timedOut();
        }
        if (dropped()) {
            return;
        }
        Outcomes.Reading reading = new Outcomes.Reading(new AttemptOutcome.TimedOut(), Reach.MAYBE_REACHED);
        Duration pause = Retrying.pause(call, this, reading);
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
