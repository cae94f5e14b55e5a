package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it looked to the sidecar when it had to choose one.
 *
 * @param circuit the state of this sidecar's circuit to it
 * @param inFlight calls of this sidecar to it that were under way; {@value #MANY} means so many or more
 * @param leftOut why it was not balanced over; {@code null} when it was
 */
public record Candidate(
        String instance,
        String version,
        BreakerState circuit,
        int inFlight,
        @Nullable LeftOut leftOut) {

    public static final int MANY = 255;

    /** Why an endpoint could not be chosen. */
    public enum LeftOut {
        /** Its circuit was open, and not due for a trial. */
        CIRCUIT_OPEN,
        /** An operator held its circuit open. */
        CIRCUIT_FORCED_OPEN,
        /** This request had tried it before; it comes last. */
        TRIED_BEFORE,
        /** Its half-open circuit had admitted all the trials that it may. */
        TRIALS_TAKEN
    }
}
