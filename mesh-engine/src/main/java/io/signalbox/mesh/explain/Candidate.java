package io.signalbox.mesh.explain;

import io.signalbox.mesh.model.BreakerState;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint as it looked to the sidecar when it had to choose one.
 *
 * @param circuit the state of this sidecar's circuit to it
 * @param inFlight calls of this sidecar to it that were under way; {@value #MANY} means so many or more
 * @param score what the balancer went by: of the one it picked, and of the one that came next; {@code null} when it looked
 *     at no figure of this endpoint. {@link io.signalbox.mesh.balance.PickedFor} says what it is
 * @param leftOut why it was not balanced over; {@code null} when it was
 * @param why what brought it about that it was left out, if that still holds when the request ends
 */
public record Candidate(
        String instance,
        String version,
        BreakerState circuit,
        int inFlight,
        @Nullable Double score,
        @Nullable LeftOut leftOut,
        @Nullable String why) {

    public static final int MANY = 255;

    /** Why an endpoint could not be chosen. */
    public enum LeftOut {
        /** Its circuit was open, and not due for a trial. */
        CIRCUIT_OPEN,
        /** An operator held its circuit open. */
        CIRCUIT_FORCED_OPEN,
        /** The circuit of its whole service was open. */
        SERVICE_CIRCUIT_OPEN,
        /** It had done worse than it should, and was left out for a while. */
        EJECTED,
        /** The request went to another zone than its own. */
        OTHER_ZONE,
        /** It has only just joined, and sat this pick out. */
        SLOW_START,
        /** This request had tried it before; it comes last. */
        TRIED_BEFORE,
        /** Its half-open circuit had admitted all the trials that it may. */
        TRIALS_TAKEN
    }
}
