package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.explain.Candidate.LeftOut;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Endpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How the endpoints looked when one of them was chosen: four bits of state and eight of load for each of the first
 * sixteen. A request that nobody will ask about takes them as numbers, so that nothing is made for it.
 */
final class Lineup {

    private static final int STATE_BITS = 4;
    private static final int LOAD_BITS = 8;
    private static final int LOADS_IN_ONE = Long.SIZE / LOAD_BITS;
    private static final int TRIED = 8;

    private static final int CLOSED = 0;
    private static final int HALF_OPEN = 1;
    private static final int DISABLED = 2;
    private static final int OPEN = 3;
    private static final int FORCED_OPEN = 4;

    /** Open, but the open time is over: the next call is a trial. */
    private static final int DUE_FOR_TRIAL = 5;

    private Lineup() {}

    static long states(List<Endpoint> endpoints, Set<String> tried, Circuits circuits) {
        long states = 0;
        for (int i = Math.min(endpoints.size(), AttemptRecord.MOST_CANDIDATES) - 1; i >= 0; i--) {
            String instance = endpoints.get(i).instanceId();
            EndpointState state = circuits.known(instance);
            boolean before = !tried.isEmpty() && tried.contains(instance);
            states = (states << STATE_BITS) | (state == null ? CLOSED : code(state)) | (before ? TRIED : 0);
        }
        return states;
    }

    /** The loads of eight endpoints, from that one on. */
    static long loads(List<Endpoint> endpoints, int from, Circuits circuits) {
        long loads = 0;
        for (int i = Math.min(endpoints.size(), from + LOADS_IN_ONE) - 1; i >= from; i--) {
            int inFlight = circuits.inFlight(endpoints.get(i));
            loads = (loads << LOAD_BITS) | Math.min(Candidate.MANY, inFlight);
        }
        return loads;
    }

    static List<Candidate> unpacked(List<Endpoint> endpoints, long states, long firstLoads, long secondLoads) {
        int count = Math.min(endpoints.size(), AttemptRecord.MOST_CANDIDATES);
        List<Candidate> candidates = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int state = (int) (states >>> (i * STATE_BITS)) & ((1 << STATE_BITS) - 1);
            long loads = i < LOADS_IN_ONE ? firstLoads : secondLoads;
            int load = (int) (loads >>> (i % LOADS_IN_ONE * LOAD_BITS)) & Candidate.MANY;
            candidates.add(candidate(endpoints.get(i), state, load));
        }
        return candidates;
    }

    /** How they look now that every circuit has refused. */
    static List<Candidate> refusing(List<Endpoint> endpoints, Circuits circuits) {
        List<Candidate> candidates = new ArrayList<>();
        for (Endpoint endpoint : endpoints.subList(0, Math.min(endpoints.size(), AttemptRecord.MOST_CANDIDATES))) {
            EndpointState state = circuits.known(endpoint.instanceId());
            BreakerState circuit = state == null ? BreakerState.CLOSED : state.breaker.state();
            LeftOut why = switch (circuit) {
                case OPEN -> LeftOut.CIRCUIT_OPEN;
                case FORCED_OPEN -> LeftOut.CIRCUIT_FORCED_OPEN;
                case HALF_OPEN -> LeftOut.TRIALS_TAKEN;
                case CLOSED, DISABLED -> null;
            };
            candidates.add(new Candidate(
                    endpoint.instanceId(), endpoint.version(), circuit, circuits.inFlight(endpoint), why));
        }
        return candidates;
    }

    private static int code(EndpointState state) {
        return switch (state.breaker.state()) {
            case CLOSED -> CLOSED;
            case HALF_OPEN -> HALF_OPEN;
            case DISABLED -> DISABLED;
            case FORCED_OPEN -> FORCED_OPEN;
            case OPEN -> state.refuses() ? OPEN : DUE_FOR_TRIAL;
        };
    }

    private static Candidate candidate(Endpoint endpoint, int state, int load) {
        int code = state & ~TRIED;
        BreakerState circuit = switch (code) {
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case DISABLED -> BreakerState.DISABLED;
            case FORCED_OPEN -> BreakerState.FORCED_OPEN;
            case OPEN, DUE_FOR_TRIAL -> BreakerState.OPEN;
            default -> BreakerState.CLOSED;
        };
        return new Candidate(
                endpoint.instanceId(), endpoint.version(), circuit, load, leftOut(code, (state & TRIED) != 0));
    }

    private static @Nullable LeftOut leftOut(int code, boolean tried) {
        return switch (code) {
            case OPEN -> LeftOut.CIRCUIT_OPEN;
            case FORCED_OPEN -> LeftOut.CIRCUIT_FORCED_OPEN;
            default -> tried ? LeftOut.TRIED_BEFORE : null;
        };
    }
}
