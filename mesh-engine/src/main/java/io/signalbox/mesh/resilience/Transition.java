package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import java.time.Instant;

/**
 * A move of a circuit from one state to another.
 *
 * @param sequence grows with every move of the circuit; announcements from different threads may arrive out of order,
 *     and the highest number is the latest
 */
public record Transition(BreakerState from, BreakerState to, CircuitReason why, Instant at, long sequence) {}
