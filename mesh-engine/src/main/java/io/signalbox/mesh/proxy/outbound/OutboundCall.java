package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.AnsweredBy;
import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryCondition;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.filter.GrpcTimeout;
import io.signalbox.mesh.proxy.filter.MeshFields;
import io.signalbox.mesh.proxy.filter.NextHop;
import io.signalbox.mesh.proxy.filter.TimeLeft;
import io.signalbox.mesh.proxy.transport.Answer;
import io.signalbox.mesh.proxy.transport.AnswerListener;
import io.signalbox.mesh.proxy.transport.IncomingHead;
import io.signalbox.mesh.proxy.transport.MessageHeaders;
import io.signalbox.mesh.proxy.transport.OutgoingHead;
import io.signalbox.mesh.proxy.transport.ResponseHead;
import io.signalbox.mesh.proxy.transport.ServerExchange;
import io.signalbox.mesh.resilience.AttemptOutcome;
import io.signalbox.mesh.resilience.Deadline;
import io.signalbox.mesh.resilience.FailedAttempt;
import io.signalbox.mesh.resilience.RetryAfter;
import io.signalbox.mesh.resilience.RetryDecider;
import io.signalbox.mesh.resilience.RetryVerdict;
import io.signalbox.mesh.resilience.TraceDeadlines;
import io.signalbox.mesh.routing.RouteDecision;
import io.signalbox.mesh.time.Scheduler.Cancellable;
import io.signalbox.mesh.trace.RequestId;
import io.signalbox.mesh.trace.TraceContext;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
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

    /** How often a call that is due for company looks whether its body has come, at most. */
    private static final Duration BODY_LOOK = Duration.ofMillis(25);

    /** Where a call stands. */
    sealed interface Step permits Between, Attempt, Race, Delivering, Over {}

    /** Before the first attempt, or pausing before the next. */
    static final class Between implements Step {}

    record Delivering(Attempt attempt) implements Step {}

    static final class Over implements Step {}

    private static final Over OVER = new Over();

    final OutboundRequests.Environment environment;
    final ServerExchange exchange;
    private final EndpointChooser chooser;
    private final OutboundRequests.Routing routing;
    private final @Nullable String defaultService;
    private final TraceDeadlines deadlines;
    private final IncomingHead head;
    private final TraceContext trace;
    private final Between beginning = new Between();
    private Step step = beginning;
    final CallLedger ledger;
    private Set<String> tried = Set.of();

    private RouteDecision.@Nullable Routed route;
    private @Nullable ServiceTraffic traffic;
    private @Nullable Hedging hedging;
    private @Nullable Deadline deadline;
    private @Nullable Deadline callersDeadline;
    private Duration limit = Duration.ZERO;
    private @Nullable Cancellable deadlineTimer;
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
    }

    void begin() {
        carryOn(this::route);
    }

    private void route() {
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
        switch (routing.table().decide(service, head, environment.random())) {
            case RouteDecision.UnknownService(String name) -> refuse(new ProxyFailure.UnknownService(name));
            case RouteDecision.Routed routed -> follow(routed);
        }
    }

    private void follow(RouteDecision.Routed routed) {
        route = routed;
        ledger.routed(routed);
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
        ServiceTraffic counted =
                Objects.requireNonNull(routing.traffic().get(routed.config().service()));
        traffic = counted;
        counted.budget().recordRequest();
        if (routed.retry().repeats()) {
            exchange.recordBody(REPLAY_LIMIT);
            hedging = hedging(routed.retry(), counted);
        }
        Duration asked = GrpcTimeout.asked(head.headers());
        outgoing = outgoingHeaders();
        limit = shorter(shorter(routed.timeout(), asked), left);
        deadline = Deadline.after(limit, environment.ticker());
        callersDeadline = asked == null ? null : Deadline.after(asked, environment.ticker());
        deadlineTimer = exchange.after(limit, guarded(this::deadlinePassed));
        attempt(beginning, 1);
    }

    /** What asks to leave HTTP takes a connection as a whole, and has no company. */
    private @Nullable Hedging hedging(RetryPolicy retry, ServiceTraffic counted) {
        return retry.hedge().isPresent()
                        && RetryDecider.repeatable(retry.methods(), head.method())
                        && head.headers().first("Upgrade") == null
                ? new Hedging(retry.hedge().get(), counted.latency(), environment.ticker())
                : null;
    }

    private static Duration shorter(Duration one, @Nullable Duration other) {
        return other != null && other.compareTo(one) < 0 ? other : one;
    }

    private MessageHeaders outgoingHeaders() {
        MessageHeaders headers = NextHop.fieldsFor(head);
        headers.remove(MeshFields.TARGET);
        headers.set(RequestId.HEADER, RequestId.keptOrNew(headers, environment.random()));
        trace.inject(headers);
        return headers;
    }

    private void attempt(Between from, int number) {
        RouteDecision.Routed routed = Objects.requireNonNull(route);
        ServiceTraffic counted = Objects.requireNonNull(traffic);
        EndpointChooser.Choice choice = chooser.choose(
                routed.endpoints(), tried, counted.balancer(), routed.policy().circuitBreaker());
        if (choice == null) {
            ledger.nowhere(routed.version());
            failFrom(from, new ProxyFailure.BreakerOpen(routed.config().service()));
            return;
        }
        tried = with(tried, choice.endpoint().instanceId());
        Attempt attempt = new Attempt(this, choice, number);
        if (!moved(from, attempt)) {
            attempt.ignored();
            return;
        }
        ledger.attempt(choice.endpoint());
        Hedging hedges = hedging;
        if (hedges != null) {
            hedges.began();
            awaitCompany(hedges, number, Duration.ZERO);
        }
        attempt.start();
    }

    private void awaitCompany(Hedging hedges, int number, Duration atLeast) {
        Duration delay = hedges.delay();
        if (delay != null) {
            Duration wait = delay.compareTo(atLeast) < 0 ? atLeast : delay;
            hedges.waiting(exchange.after(wait, guarded(() -> sendCompany(hedges, number))));
        }
    }

    /** Sends one more attempt beside those that have not answered yet, if there is an endpoint and a budget for it. */
    private void sendCompany(Hedging hedges, int number) {
        Step now = step;
        RouteDecision.Routed routed = Objects.requireNonNull(route);
        ServiceTraffic counted = Objects.requireNonNull(traffic);
        List<Endpoint> others = routed.endpoints().stream()
                .filter(endpoint -> !tried.contains(endpoint.instanceId()))
                .toList();
        if (Race.attempts(now).isEmpty() || others.isEmpty() || !exchange.bodyReplayable()) {
            return;
        }
        if (!exchange.bodyComplete()) {
            awaitCompany(hedges, number, BODY_LOOK);
            return;
        }
        EndpointChooser.Choice choice = chooser.choose(
                others, Set.of(), counted.balancer(), routed.policy().circuitBreaker());
        if (choice == null) {
            return;
        }
        if (!counted.budget().tryRetry()) {
            choice.permit().ignore();
            return;
        }
        tried = with(tried, choice.endpoint().instanceId());
        Attempt company = new Attempt(this, choice, number);
        step = Race.joined(now, company);
        ledger.retrying(RetryCondition.HEDGE);
        hedges.joined();
        awaitCompany(hedges, number, Duration.ZERO);
        company.start();
    }

    /** Drops an attempt that went badly while others run; false when it is the last one, whose end decides. */
    boolean dropped(Attempt attempt) {
        if (!(step instanceof Race race) || !race.holds(attempt)) {
            return false;
        }
        step = race.without(attempt);
        attempt.giveUp();
        attempt.ended();
        if (step instanceof Attempt last) {
            ledger.goesOn(last.endpoint());
        }
        return true;
    }

    boolean isRacing() {
        return step instanceof Race;
    }

    /** Whether the policy names such an end as one to try again. */
    boolean isListed(AttemptOutcome outcome) {
        return RetryDecider.condition(Objects.requireNonNull(route).retry(), outcome) != null;
    }

    /** Most calls need one attempt, so a set that can grow is made for the second. */
    private static Set<String> with(Set<String> before, String instance) {
        if (before.isEmpty()) {
            return Set.of(instance);
        }
        Set<String> after = new HashSet<>(before);
        after.add(instance);
        return after;
    }

    /** @param limit of the attempt; {@code null} when the call's own time is the limit */
    OutgoingHead outgoingHead(Attempt attempt, @Nullable Duration limit) {
        MessageHeaders headers = Objects.requireNonNull(outgoing);
        Deadline asked = callersDeadline;
        boolean told = attempt.endpoint().secured();
        if (asked != null || (told && tried.size() > 1)) {
            headers = headers.copy();
        }
        if (asked != null) {
            GrpcTimeout.pass(headers, asked.remaining());
        }
        if (told) {
            TimeLeft.tell(
                    headers,
                    limit != null ? limit : Objects.requireNonNull(deadline).remaining());
        } else {
            headers.remove(MeshFields.DEADLINE);
        }
        return new OutgoingHead(head.method(), head.target(), headers);
    }

    @Nullable
    Duration perTryTimeout() {
        RetryPolicy retry = Objects.requireNonNull(route).retry();
        return retry.perTryTimeout().isEmpty()
                ? null
                : RetryDecider.tryTimeout(retry, Objects.requireNonNull(deadline));
    }

    boolean mayRetry() {
        return Objects.requireNonNull(route).retry().enabled();
    }

    /**
     * Whether the attempt is to be repeated; if so the retry is already paid for.
     *
     * @param answer the head that came, which may ask for a pause; {@code null} when none came
     * @return the pause before it, or {@code null} for no further attempt
     */
    @Nullable
    Duration pauseBeforeRetry(Attempt attempt, Outcomes.Reading reading, @Nullable ResponseHead answer) {
        RouteDecision.Routed routed = Objects.requireNonNull(route);
        if (!mayRetry() || step != attempt) {
            return null;
        }
        FailedAttempt failed = new FailedAttempt(
                head.method(),
                attempt.number(),
                reading.outcome(),
                reading.reach(),
                exchange.bodyReplayable() ? FailedAttempt.Body.REPLAYABLE : FailedAttempt.Body.GONE);
        RetryVerdict verdict = RetryDecider.decide(
                routed.retry(),
                failed,
                answer == null
                        ? Duration.ZERO
                        : RetryAfter.read(answer.headers().first(RetryAfter.HEADER), environment.clock()),
                Objects.requireNonNull(deadline),
                Objects.requireNonNull(traffic).budget(),
                environment.random());
        return switch (verdict) {
            case RetryVerdict.Retry(Duration pause) -> pause;
            case RetryVerdict.Stop _ -> null;
        };
    }

    /** Takes the step from a failed attempt to the next one; false when somebody else took another step. */
    boolean retryAfter(Attempt attempt, AttemptOutcome outcome, Duration pause) {
        Between between = new Between();
        if (!moved(attempt, between)) {
            return false;
        }
        attempt.giveUp();
        attempt.ended();
        RetryCondition condition =
                RetryDecider.condition(Objects.requireNonNull(route).retry(), outcome);
        if (condition != null) {
            ledger.retrying(condition);
        }
        int next = attempt.number() + 1;
        if (pause.isZero()) {
            attempt(between, next);
        } else {
            Cancellable _ = exchange.after(pause, guarded(() -> attempt(between, next)));
        }
        return true;
    }

    boolean beginDelivery(Attempt attempt) {
        Step before = step;
        boolean begun = moved(attempt, new Delivering(attempt)) || won(before, attempt);
        if (begun) {
            cancelDeadline();
            Hedging hedges = hedging;
            if (hedges != null && !attempt.isFailure()) {
                hedges.answered();
            }
            Deadline asked = callersDeadline;
            if (asked != null) {
                deadlineTimer = exchange.after(asked.remaining(), guarded(this::callersDeadlinePassed));
            }
        }
        return begun;
    }

    /** The first good answer of several: the others are given up, and nobody is to blame. */
    @SuppressWarnings("ReferenceEquality") // attempts are themselves alone
    private boolean won(Step before, Attempt winner) {
        if (!(before instanceof Race race) || !race.holds(winner)) {
            return false;
        }
        step = new Delivering(winner);
        for (Attempt running : Race.attempts(race)) {
            if (running != winner) {
                running.giveUp();
                running.ignored();
            }
        }
        ledger.goesOn(winner.endpoint());
        return true;
    }

    /** The delivery has ended; false when somebody else ended it before. */
    boolean endDelivery(Attempt attempt) {
        boolean ended = step instanceof Delivering(Attempt own) && own == attempt && moved(step, OVER);
        if (ended && callersDeadline != null) {
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
        Answer answer = FailureResponder.answer(failure, head);
        exchange.answer(answer, new AnswerListener() {
            @Override
            public void onDelivered() {
                ledger.ended(FailureResponder.status(failure.cause()), AnsweredBy.MESH, failure.cause());
            }

            @Override
            public void onCallerGone() {
                ledger.callerGone();
            }
        });
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // a step is taken from where the call stands, not from one that looks alike
    private boolean moved(Step from, Step to) {
        boolean stands = step == from;
        if (stands) {
            step = to;
        }
        return stands;
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
            if ((now instanceof Between || now instanceof Attempt || now instanceof Race)
                    && failFrom(now, new ProxyFailure.Internal())) {
                for (Attempt attempt : Race.attempts(now)) {
                    attempt.giveUp();
                    attempt.ignored();
                }
            }
        }
    }

    private void refuse(ProxyFailure failure) {
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
        failFrom(now, new ProxyFailure.RequestTimeout(limit));
        for (Attempt attempt : Race.attempts(now)) {
            attempt.giveUp();
            attempt.failed();
        }
    }

    private void callerGone() {
        Step before = step;
        if (before instanceof Over) {
            return;
        }
        step = OVER;
        cancelDeadline();
        for (Attempt attempt : Race.attempts(before)) {
            attempt.giveUp();
            attempt.ignored();
        }
        if (before instanceof Delivering(Attempt attempt)) {
            attempt.giveUp();
            attempt.ignored();
        }
        ledger.callerGone();
        exchange.abort();
    }

    private void cancelDeadline() {
        Cancellable timer = deadlineTimer;
        if (timer != null) {
            timer.cancel();
        }
        Hedging hedges = hedging;
        if (hedges != null) {
            hedges.stop();
        }
    }
}
