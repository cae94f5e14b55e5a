package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.model.Cause;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.model.RetryPolicy;
import io.signalbox.mesh.proxy.failure.FailureResponder;
import io.signalbox.mesh.proxy.failure.ProxyFailure;
import io.signalbox.mesh.proxy.transport.ServerStream;
import io.signalbox.mesh.proxy.transport.StreamEnd;
import io.signalbox.mesh.proxy.transport.StreamEnd.Side;
import io.signalbox.mesh.proxy.transport.StreamListener;
import io.signalbox.mesh.proxy.transport.Target;
import io.signalbox.mesh.proxy.transport.UpstreamFailure;
import io.signalbox.mesh.resilience.CallNotes;
import io.signalbox.mesh.resilience.CallOutcome;
import io.signalbox.mesh.resilience.Permit;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One TCP connection of the application: route, then one endpoint after another until one can be connected to.
 *
 * <p>Nothing is read from the application before that, so any number of endpoints may be tried; each is tried once, and
 * no more of them than the retry policy's attempts where there is such a policy. What cannot be passed on is reset.
 * Belongs to its stream's thread.
 */
final class OutboundStream implements StreamListener {

    private static final Logger log = LoggerFactory.getLogger(OutboundStream.class);

    /** A circuit's trial must not last as long as a connection may: one that stands for so long has succeeded. */
    private static final Duration TRIAL = Duration.ofSeconds(1);

    private final ServerStream stream;
    private final String service;
    private final OutboundRequests.Environment environment;
    private final EndpointChooser chooser;
    private final OutboundRequests.Routing routing;
    private final StreamLedger ledger;
    private final Set<String> tried = new HashSet<>();
    private RouteDecision.@Nullable Routed route;
    private EndpointChooser.@Nullable Choice choice;

    OutboundStream(
            ServerStream stream,
            String service,
            OutboundRequests.Environment environment,
            EndpointChooser chooser,
            OutboundRequests.Routing routing) {
        this.stream = stream;
        this.service = service;
        this.environment = environment;
        this.chooser = chooser;
        this.routing = routing;
        this.ledger = new StreamLedger(environment, service);
    }

    void begin() {
        guarded(() -> {
            switch (routing.table().decideStream(service, environment.random())) {
                case RouteDecision.UnknownService(String name) -> refuse(new ProxyFailure.UnknownService(name));
                case RouteDecision.Routed routed -> follow(routed);
                case RouteDecision.AnsweredHere _ -> throw new IllegalStateException("a rule answers a connection");
            }
        });
    }

    /** Takes a step before the connection stands; a defect ends it and is reported. */
    private void guarded(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            log.error("A connection could not be carried on", e);
            settle(Permit::ignore);
            refuse(new ProxyFailure.Internal());
        }
    }

    private void follow(RouteDecision.Routed routed) {
        route = routed;
        ledger.routed(routed);
        if (routed.endpoints().isEmpty()) {
            refuse(new ProxyFailure.NoEndpoints(service, routed.version()));
        } else {
            attempt(new ProxyFailure.BreakerOpen(
                    service, routed.policy().circuitBreaker().scope()));
        }
    }

    /** @param otherwise what is to be said when no endpoint is left */
    private void attempt(ProxyFailure otherwise) {
        RouteDecision.Routed routed = Objects.requireNonNull(route);
        List<Endpoint> left = routed.endpoints().stream()
                .filter(endpoint -> !tried.contains(endpoint.instanceId()))
                .toList();
        EndpointChooser.Choice next =
                left.isEmpty() || tried.size() >= mostAttempts(routed.retry()) ? null : chosen(routed, left);
        if (next == null) {
            refuse(otherwise);
            return;
        }
        if (!tried.isEmpty()) {
            ledger.retrying();
        }
        tried.add(next.endpoint().instanceId());
        choice = next;
        next.state().inFlight.incrementAndGet();
        ledger.attempt(next.endpoint());
        Target target = next.state().target();
        if (target == null) {
            onFailed(new UpstreamFailure.IdentityRefused(
                    "the endpoint speaks mutual TLS alone, and this sidecar has no identity"));
        } else {
            stream.join(target, this);
        }
    }

    private EndpointChooser.@Nullable Choice chosen(RouteDecision.Routed routed, List<Endpoint> left) {
        ServiceTraffic traffic = routing.called().of(routed.config());
        return chooser.choose(routed, left, Set.of(), traffic, traffic.keyOf(stream), PickNotes.NONE);
    }

    private static int mostAttempts(RetryPolicy retry) {
        return retry.enabled() ? retry.maxAttempts() : Integer.MAX_VALUE;
    }

    private void refuse(ProxyFailure failure) {
        ledger.ended(failure.cause());
        stream.refuse(FailureResponder.answer(failure));
    }

    @Override
    public void onConnected() {
        ledger.connected();
        EndpointChooser.Choice current = Objects.requireNonNull(choice);
        current.answered();
        if (current.state().isOnTrial()) {
            var _ = stream.after(TRIAL, current.permit()::success);
        }
    }

    @Override
    public void onFailed(UpstreamFailure failure) {
        ProxyFailure.Upstream failed = new ProxyFailure.Upstream(failure);
        settleFailed(failed.cause());
        guarded(() -> attempt(failed));
    }

    @Override
    public void onPassed(Side from, int bytes) {
        ledger.passed(from, bytes);
    }

    @Override
    public void onEnded(StreamEnd end) {
        Cause cause = causeOf(end);
        if (cause == null) {
            Objects.requireNonNull(choice).state().succeeded();
            settle(Permit::success);
        } else if (cause == Cause.UPSTREAM_RESET || cause == Cause.IDENTITY_MISMATCH) {
            settleFailed(cause);
        } else {
            settle(Permit::ignore);
        }
        ledger.ended(cause);
    }

    private static @Nullable Cause causeOf(StreamEnd end) {
        return switch (end) {
            case StreamEnd.Finished _ -> null;
            case StreamEnd.Broken(Side by) -> by == Side.CALLER ? Cause.CALLER_GONE : Cause.UPSTREAM_RESET;
            case StreamEnd.Refused _ -> Cause.IDENTITY_MISMATCH;
            case StreamEnd.Idle _ -> Cause.TIMEOUT;
            case StreamEnd.Stopped _ -> Cause.DRAINING;
        };
    }

    private void settleFailed(Cause cause) {
        Objects.requireNonNull(choice).state().failed();
        Objects.requireNonNull(choice).failed();
        settle(permit -> permit.failure(new FailedStream(cause)));
    }

    private void settle(Consumer<Permit> how) {
        EndpointChooser.Choice current = choice;
        choice = null;
        if (current != null) {
            how.accept(current.permit());
            current.state().inFlight.decrementAndGet();
        }
    }

    /** A connection has no request, no status, and no head that it could wait for. */
    private record FailedStream(Cause cause) implements CallNotes {

        @Override
        public @Nullable String requestId() {
            return null;
        }

        @Override
        public int status() {
            return 0;
        }

        @Override
        public long tookNanos() {
            return CallOutcome.UNKNOWN;
        }
    }
}
