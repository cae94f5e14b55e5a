package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Candidate.LeftOut;
import io.signalbox.mesh.explain.Pool;
import io.signalbox.mesh.model.BreakerScope;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Endpoint;
import io.signalbox.mesh.resilience.BreakerView;
import io.signalbox.mesh.resilience.Ejection;
import io.signalbox.mesh.resilience.Reasons;
import io.signalbox.mesh.routing.RouteDecision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Says of the endpoints of one route how they looked when one of them was picked, and why others were left out. */
final class Candidates {

    private final List<Endpoint> endpoints;
    private final Circuits circuits;
    private final LeftOut whenOpen;
    private final boolean zoned;

    Candidates(RouteDecision.Routed route, Circuits circuits) {
        this.endpoints = route.endpoints();
        this.circuits = circuits;
        this.whenOpen = route.policy().circuitBreaker().scope() == BreakerScope.SERVICE
                ? LeftOut.SERVICE_CIRCUIT_OPEN
                : LeftOut.CIRCUIT_OPEN;
        this.zoned = route.policy().balancing().zonePreference().isPresent();
    }

    /**
     * What was seen when an endpoint was picked.
     *
     * @param ownZone the sidecar's; {@code null} when it has none
     * @param tried those that earlier attempts went to
     * @param at when it was picked
     */
    record Pick(
            Endpoint endpoint,
            Pool pool,
            long states,
            long firstLoads,
            long secondLoads,
            Scores scores,
            @Nullable String ownZone,
            List<Endpoint> tried,
            Instant at) {}

    /**
     * What the balancer compared.
     *
     * @param other the place of the endpoint that came next; negative for none
     */
    record Scores(float picked, int other, float ofOther) {}

    List<Candidate> of(Pick pick) {
        List<Candidate> candidates = new ArrayList<>();
        for (int i = 0; i < Lineup.shown(endpoints); i++) {
            Endpoint endpoint = endpoints.get(i);
            Lineup.Seen seen = Lineup.seen(pick.states(), i);
            boolean picked = endpoint.instanceId().equals(pick.endpoint().instanceId());
            float score = picked
                    ? pick.scores().picked()
                    : i == pick.scores().other() ? pick.scores().ofOther() : Float.NaN;
            LeftOut leftOut = picked ? null : leftOut(endpoint, seen, pick, score);
            candidates.add(new Candidate(
                    endpoint.instanceId(),
                    endpoint.version(),
                    seen.circuit(),
                    Lineup.load(pick.firstLoads(), pick.secondLoads(), i),
                    Float.isFinite(score) ? (Double) (double) score : null,
                    leftOut,
                    leftOut == null ? null : why(leftOut, endpoint, pick.at())));
        }
        return candidates;
    }

    /** How they look at that time, when every circuit has refused. */
    List<Candidate> refusing(Instant now) {
        List<Candidate> candidates = new ArrayList<>();
        for (Endpoint endpoint : endpoints.subList(0, Lineup.shown(endpoints))) {
            EndpointState state = circuits.known(endpoint.instanceId());
            BreakerState circuit =
                    state == null ? BreakerState.CLOSED : state.circuit().state();
            LeftOut leftOut = switch (circuit) {
                case OPEN -> whenOpen;
                case FORCED_OPEN -> LeftOut.CIRCUIT_FORCED_OPEN;
                case HALF_OPEN -> LeftOut.TRIALS_TAKEN;
                case CLOSED, DISABLED -> null;
            };
            candidates.add(new Candidate(
                    endpoint.instanceId(),
                    endpoint.version(),
                    circuit,
                    Math.min(Candidate.MANY, circuits.inFlight(endpoint)),
                    null,
                    leftOut,
                    leftOut == null ? null : why(leftOut, endpoint, now)));
        }
        return candidates;
    }

    private @Nullable LeftOut leftOut(Endpoint endpoint, Lineup.Seen seen, Pick pick, float score) {
        if (seen.refuses() && (pick.pool() != Pool.PANIC || seen.circuit() == BreakerState.FORCED_OPEN)) {
            return seen.circuit() == BreakerState.FORCED_OPEN ? LeftOut.CIRCUIT_FORCED_OPEN : whenOpen;
        }
        if (seen.isEjected() && pick.pool() == Pool.USABLE) {
            return LeftOut.EJECTED;
        }
        boolean onlyFresh = pick.pool() == Pool.USABLE || pick.pool() == Pool.PANIC;
        if (onlyFresh && isAmong(pick.tried(), endpoint) && !isAmong(pick.tried(), pick.endpoint())) {
            return LeftOut.TRIED_BEFORE;
        }
        if (score == Float.POSITIVE_INFINITY) {
            return LeftOut.SLOW_START;
        }
        return isZoned(pick) && isNear(endpoint, pick) != isNear(pick.endpoint(), pick) ? LeftOut.OTHER_ZONE : null;
    }

    private static boolean isAmong(List<Endpoint> tried, Endpoint endpoint) {
        return tried.stream().anyMatch(one -> one.instanceId().equals(endpoint.instanceId()));
    }

    private boolean isZoned(Pick pick) {
        return zoned && pick.ownZone() != null && (pick.pool() == Pool.USABLE || pick.pool() == Pool.EJECTED_TOO);
    }

    private static boolean isNear(Endpoint endpoint, Pick pick) {
        return Objects.equals(endpoint.zone(), pick.ownZone());
    }

    /** What brought it about, unless that has changed since. */
    private @Nullable String why(LeftOut leftOut, Endpoint endpoint, Instant at) {
        EndpointState state = circuits.known(endpoint.instanceId());
        if (state == null) {
            return null;
        }
        return switch (leftOut) {
            case CIRCUIT_OPEN, SERVICE_CIRCUIT_OPEN -> ofCircuit(state, BreakerState.OPEN, at);
            case CIRCUIT_FORCED_OPEN -> ofCircuit(state, BreakerState.FORCED_OPEN, at);
            case EJECTED ->
                state.view()
                        .ejection()
                        .filter(ejection -> !ejection.at().isAfter(at))
                        .map(Ejection::why)
                        .map(Reasons::of)
                        .orElse(null);
            case OTHER_ZONE, SLOW_START, TRIED_BEFORE, TRIALS_TAKEN -> null;
        };
    }

    private static @Nullable String ofCircuit(EndpointState state, BreakerState seen, Instant at) {
        BreakerView view = state.circuit().view();
        return view.state() == seen && !view.since().isAfter(at)
                ? view.lastWhy().map(Reasons::of).orElse(null)
                : null;
    }
}
