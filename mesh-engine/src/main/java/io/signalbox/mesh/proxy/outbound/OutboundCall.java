package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.ConcurrencyLimiter;
import io.signalbox.mesh.resilience.RetryDecider;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.routing.StableKeys;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One call of the application, from its head to its end: route, deadline, then attempt after attempt.
 *
 * <p>Belongs to the exchange's thread. Of an answer, a failure, a timeout and a caller that leaves, exactly one takes each
 * step from where the call stands, and the others find the step taken.
 */
final class OutboundCall {

    private static final Logger log = LoggerFactory.getLogger(OutboundCall.class);

    /** How much of a body is kept so that it can be sent again. */
    static final int REPLAY_LIMIT = 64 * 1024;

    /** Where a call stands. */
    sealed interface Step permits Between, Attempt, Race, Delivering, Over {}

    /** Before the first attempt, or pausing before the next. */
    static final class Between implements Step {}

    record Delivering(Attempt attempt) implements Step {}

    static final class Over implements Step {}

    private static final Over OVER = new Over();

    final OutboundRequests.Environment environment;
    final ServerExchange exchange;
    final EndpointChooser chooser;
    private final OutboundRequests.Routing routing;
    private final @Nullable String defaultService;
    private final TraceDeadlines deadlines;
    private final IncomingHead head;
    private final TraceContext trace;
    private final Between beginning = new Between();
    private Step step = beginning;
    final CallLedger ledger;
    private Set<String> tried = Set.of();

    private int tries;
    private RouteDecision.@Nullable Routed route;
    private @Nullable ServiceTraffic traffic;
    private @Nullable CallTime time;
    private @Nullable Hedging hedging;
    private @Nullable Admission admission;
    private @Nullable MessageHeaders outgoing;

    OutboundCall(
            ServerExchange exchange,
            OutboundRequests.Environment environment,
            EndpointChooser chooser,
            OutboundRequests.Routing routing,
            @Nullable String defaultService,
            TraceDeadlines deadlines) {
        this.exchange = exchange;
        this.environment = environment;
        this.chooser = chooser;
        this.routing = routing;
        this.defaultService = defaultService;
        this.deadlines = deadlines;
        this.head = exchange.head();
        this.trace = TraceContext.extract(head.headers(), environment.random()).child(environment.random());
        this.ledger = new CallLedger(environment, head, trace);
        ledger.decidedBy(routing.table());
    }

    void begin() {
        carryOn(this::findRoute);
    }

    private void findRoute() {
        exchange.onCallerGone(this::callerGone);
        if (head.method().equals("CONNECT")) {
            refuse(ProxyFailure.BadRequest.noTunnels());
            return;
        }
        String service = TargetService.of(head, routing.table(), defaultService);
        if (service == null) {
            refuse(new ProxyFailure.BadRequest(
                    "Host: none (expected: a service's name, there or in X-Target-Service)"));
            return;
        }
        StableKeys keys = TravellingKeys.of(head, trace, routing.table());
        switch (routing.table().decide(service, head, keys, environment.random())) {
            case RouteDecision.UnknownService(String name) -> refuse(new ProxyFailure.UnknownService(name));
            case RouteDecision.AnsweredHere answered -> answer(answered, keys);
            case RouteDecision.Routed routed -> follow(routed, keys);
        }
    }

    private void answer(RouteDecision.AnsweredHere answered, StableKeys keys) {
        ledger.answeredHere(answered, keys);
        if (moved(beginning, OVER)) {
            MeshAnswer.of(answered).give(exchange, ledger);
        }
    }

    private void follow(RouteDecision.Routed routed, StableKeys keys) {
        route = routed;
        ledger.routed(routed, keys);
        if (routed.endpoints().isEmpty()) {
            ledger.nowhere(routed.version());
            refuse(new ProxyFailure.NoEndpoints(routed.config().service(), routed.version()));
            return;
        }
        Duration left = deadlines.left(trace.traceIdLow());
        if (left != null && left.isZero()) {
            ledger.nowhere(routed.version());
            refuse(new ProxyFailure.TimeUp());
            return;
        }
        ServiceTraffic counted = routing.called().of(routed.config());
        traffic = counted;
        ProxyFailure tooOften = counted.rates().refusal(routed);
        if (tooOften != null) {
            ledger.nowhere(routed.version());
            refuse(tooOften);
            return;
        }
        boolean copied = ledger.isCopied(counted.mirror());
        if (routed.retry().repeats() || copied) {
            exchange.recordBody(REPLAY_LIMIT);
            hedging = Hedging.of(this, routed.retry(), counted);
        }
        outgoing = OutgoingRequest.fields(
                head, routed, TravellingKeys.on(trace, keys, routed.newKey()), environment.random());
        ledger.sentOnWith(outgoing);
        time = new CallTime(exchange, environment.ticker(), routed.timeout(), left);
        time.awaitHead(guarded(this::deadlinePassed));
        ConcurrencyLimiter limiter = counted.limiter();
        if (limiter == null) {
            admitted();
        } else {
            admission = new Admission(this, limiter);
            admission.enter();
        }
    }

    /** It may begin its first attempt. */
    void admitted() {
        traffic().budget().recordRequest();
        attempt(beginning);
    }

    private void attempt(Between from) {
        RouteDecision.Routed routed = route();
        ServiceTraffic counted = traffic();
        Attempt attempt = new Attempt(this);
        EndpointChooser.Choice choice =
                chooser.choose(routed, routed.endpoints(), tried, counted, counted.keyOf(exchange), attempt);
        if (choice == null) {
            ledger.nowhere(routed.version());
            ledger.refusedByCircuits();
            failFrom(
                    from,
                    new ProxyFailure.BreakerOpen(
                            routed.config().service(),
                            routed.policy().circuitBreaker().scope()));
            return;
        }
        attempt.goesTo(choice);
        tried = Retrying.with(tried, choice.endpoint().instanceId());
        if (!moved(from, attempt)) {
            attempt.ignored();
            return;
        }
        tries++;
        if (hedging != null) {
            hedging.began();
        }
        ledger.attempt(choice.endpoint());
        ledger.follows(attempt);
        attempt.start();
    }

    /** Makes one more attempt beside those that run, if another endpoint admits it and the budget pays for it. */
    @Nullable
    Attempt accompanied() {
        ServiceTraffic counted = traffic();
        Attempt company = new Attempt(this);
        EndpointChooser.Choice choice = Race.attempts(step).isEmpty()
                ? null
                : chooser.another(route(), tried, counted, counted.keyOf(exchange), company);
        if (choice == null) {
            return null;
        }
        if ((admission != null && !admission.tryAnother()) || !counted.budget().tryRetry()) {
            choice.permit().ignore();
            followed();
            return null;
        }
        tried = Retrying.with(tried, choice.endpoint().instanceId());
        company.goesTo(choice);
        step = Race.joined(step, company);
        ledger.retrying(RetryCondition.HEDGE);
        ledger.follows(company);
        return company;
    }

    /** Attempts that began by themselves; their company does not count as a try. */
    int tries() {
        return tries;
    }

    Step step() {
        return step;
    }

    @Nullable
    Hedging hedging() {
        return hedging;
    }

    /** Its places under a limit of requests at once; {@code null} when there is no such limit. */
    @Nullable
    Admission admission() {
        return admission;
    }

    RouteDecision.Routed route() {
        return Objects.requireNonNull(route);
    }

    ServiceTraffic traffic() {
        return Objects.requireNonNull(traffic);
    }

    CallTime time() {
        return Objects.requireNonNull(time);
    }

    /** @param limit of the attempt, if it has one of its own */
    OutgoingHead outgoingHead(Attempt attempt, @Nullable Duration limit) {
        MessageHeaders headers = time().tell(Objects.requireNonNull(outgoing), attempt.endpoint(), limit);
        return new OutgoingHead(head.method(), OutgoingRequest.target(head, route()), headers);
    }

    /** Takes the step from a failed attempt to the next one; false when somebody else took another step. */
    boolean retryAfter(Attempt attempt, AttemptOutcome outcome, Duration pause) {
        Between between = new Between();
        if (!moved(attempt, between)) {
            return false;
        }
        attempt.giveUp();
        attempt.ended();
        ledger.retrying(Objects.requireNonNull(RetryDecider.condition(route().retry(), outcome)));
        if (pause.isZero()) {
            attempt(between);
        } else {
            Cancellable _ = exchange.after(pause, guarded(() -> attempt(between)));
        }
        return true;
    }

    boolean beginDelivery(Attempt attempt) {
        boolean begun = moved(attempt, new Delivering(attempt)) || (hedging != null && hedging.won(attempt));
        if (begun) {
            cancelDeadline();
            if (attempt.isGood() && hedging != null) {
                hedging.answered();
            }
            if (time().boundsEnd()) {
                time().awaitEnd(guarded(this::callersDeadlinePassed));
            }
        }
        return begun;
    }

    /** The delivery has ended; false when somebody else ended it before. */
    boolean endDelivery(Attempt attempt) {
        boolean ended = step instanceof Delivering(Attempt own) && own == attempt && moved(step, OVER);
        if (ended) {
            cancelDeadline();
        }
        return ended;
    }

    /** Takes the last step from there and answers with the failure; false when another step was taken before. */
    boolean failFrom(Step from, ProxyFailure failure) {
        if (!moved(from, OVER)) {
            return false;
        }
        cancelDeadline();
        MeshAnswer.of(failure, head).give(exchange, ledger);
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // a step is taken from where the call stands, not from one that looks alike
    boolean moved(Step from, Step to) {
        boolean stands = step == from;
        if (stands) {
            step = to;
            followed();
        }
        return stands;
    }

    /** Gives back the places that the call needs no longer. */
    private void followed() {
        if (admission != null) {
            admission.follow(step);
        }
    }

    /** Runs a step that was put off; a defect ends the call and is reported. */
    Runnable guarded(Runnable work) {
        return () -> carryOn(work);
    }

    private void carryOn(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            log.error("A call could not be carried on", e);
            Step now = step;
            if (!(now instanceof Delivering) && !(now instanceof Over) && failFrom(now, new ProxyFailure.Internal())) {
                Race.giveUp(now, Attempt::ignored);
            }
        }
    }

    void refuse(ProxyFailure failure) {
        failFrom(beginning, failure);
    }

    /** The caller has given up by itself by now, or is about to; what is on its way is not worth going on with. */
    private void callersDeadlinePassed() {
        Step now = step;
        if (now instanceof Delivering(Attempt attempt) && moved(now, OVER)) {
            attempt.giveUp();
            attempt.failed();
            ledger.ended(FailureResponder.status(Cause.TIMEOUT), AnsweredBy.MESH, Cause.TIMEOUT);
            exchange.abort();
        }
    }

    private void deadlinePassed() {
        Step now = step;
        if (now instanceof Delivering || now instanceof Over) {
            return;
        }
        if (admission != null) {
            admission.timedOut();
        }
        failFrom(now, new ProxyFailure.RequestTimeout(time().limit()));
        Race.giveUp(now, Attempt::outOfTime);
    }

    private void callerGone() {
        Step before = step;
        if (before instanceof Over) {
            return;
        }
        moved(before, OVER);
        cancelDeadline();
        Race.giveUp(before, Attempt::ignored);
        ledger.callerGone();
        exchange.abort();
    }

    private void cancelDeadline() {
        if (time != null) {
            time.cancel();
        }
        if (hedging != null) {
            hedging.stop();
        }
    }
}
