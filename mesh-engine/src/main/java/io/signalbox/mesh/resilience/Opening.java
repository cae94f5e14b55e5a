package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.CircuitBreakerConfig;
import java.time.Instant;
import java.util.List;

/**
 * Why a circuit opened by itself, kept so that it can be explained later.
 *
 * @param why what was crossed, with the counts at that moment
 * @param config what it was configured with at that moment
 * @param calls the calls of its window, oldest first, their ages as of {@code at}: all of a window of calls, the last
 *     256 of a window of time; empty for a circuit that counts failures in a row, and for a failed trial
 */
public record Opening(Instant at, Transition.Why why, CircuitBreakerConfig config, List<CallOutcome> calls) {

    public Opening {
        calls = List.copyOf(calls);
    }
}
