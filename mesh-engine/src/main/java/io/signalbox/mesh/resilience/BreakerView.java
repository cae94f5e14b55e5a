package io.signalbox.mesh.resilience;

import io.signalbox.mesh.model.BreakerState;
import io.signalbox.mesh.model.CircuitReason;
import io.signalbox.mesh.model.WindowCounts;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A circuit at one moment, for people to look at.
 *
 * @param since when it came into this state
 * @param nanosUntilProbe while open, how long until a call may try it: 0 when the time is over and no call came yet;
 *     otherwise empty
 * @param consecutiveFailures failures in a row while closed, else 0
 * @param trialsAdmitted trials let through in this half-open period and not given back, else 0
 * @param trialsSucceeded those of them that succeeded
 * @param refused calls refused since it last opened; a failed trial goes on with the count
 * @param lastWhy what brought it into this state, or an operator's last word since; empty at the beginning
 * @param window what its window holds; empty while it is not closed, and without a window
 */
public record BreakerView(
        BreakerState state,
        Instant since,
        OptionalLong nanosUntilProbe,
        int consecutiveFailures,
        int trialsAdmitted,
        int trialsSucceeded,
        long refused,
        Optional<CircuitReason> lastWhy,
        Optional<WindowCounts> window) {}
