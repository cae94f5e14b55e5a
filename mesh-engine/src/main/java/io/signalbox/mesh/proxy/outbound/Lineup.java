package io.signalbox.mesh.proxy.outbound;

import io.signalbox.mesh.explain.AttemptRecord;
import io.signalbox.mesh.explain.Candidate;
import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.Endpoint;
import java.util.List;

/**
 * How the endpoints looked when one of them was chosen: four bits of state and eight of load for each of the first
 * sixteen. A request that nobody will ask about takes them as numbers, so that nothing is made for it.
 */
final class Lineup {

    private static final int STATE_BITS = 4;
    private static final int LOAD_BITS = 8;
    private static final int LOADS_IN_ONE = Long.SIZE / LOAD_BITS;

    private static final int EJECTED = 8;
    private static final int CLOSED = 0;
    private static final int HALF_OPEN = 1;
    private static final int DISABLED = 2;
    private static final int OPEN = 3;
    private static final int FORCED_OPEN = 4;
    /** Open, but the open time is over: the next call is a trial. */
    private static final int DUE_FOR_TRIAL = 5;

    private Lineup() {}

    /** How many of them are remembered. */
    static int shown(List<Endpoint> endpoints) {
        return Math.min(endpoints.size(), AttemptRecord.MOST_CANDIDATES);
    }

    static long states(List<Endpoint> endpoints, Circuits circuits) {
        long states = 0;
        for (int i = shown(endpoints) - 1; i >= 0; i--) {
            EndpointState state = circuits.known(endpoints.get(i).instanceId());
            states = (states << STATE_BITS) | (state == null ? CLOSED : code(state));
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

    /** One endpoint of the line. */
    record Seen(BreakerState circuit, boolean refuses, boolean isEjected) {}

    static Seen seen(long states, int index) {
        int state = (int) (states >>> (index * STATE_BITS)) & ((1 << STATE_BITS) - 1);
        int code = state & ~EJECTED;
        BreakerState circuit = switch (code) {
            case HALF_OPEN -> BreakerState.HALF_OPEN;
            case DISABLED -> BreakerState.DISABLED;
            case FORCED_OPEN -> BreakerState.FORCED_OPEN;
            case OPEN, DUE_FOR_TRIAL -> BreakerState.OPEN;
            default -> BreakerState.CLOSED;
        };
        return new Seen(circuit, code == OPEN || code == FORCED_OPEN, (state & EJECTED) != 0);
    }

    static int load(long firstLoads, long secondLoads, int index) {
        long loads = index < LOADS_IN_ONE ? firstLoads : secondLoads;
        return (int) (loads >>> (index % LOADS_IN_ONE * LOAD_BITS)) & Candidate.MANY;
    }

    private static int code(EndpointState state) {
        int code = switch (state.circuit().state()) {
            case CLOSED -> CLOSED;
            case HALF_OPEN -> HALF_OPEN;
            case DISABLED -> DISABLED;
            case FORCED_OPEN -> FORCED_OPEN;
            case OPEN -> state.refuses() ? OPEN : DUE_FOR_TRIAL;
        };
        return state.isEjected() ? code | EJECTED : code;
    }
}
