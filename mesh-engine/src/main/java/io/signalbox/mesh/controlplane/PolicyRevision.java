package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.TrafficPolicy;
import io.signalbox.mesh.model.Weight;
import java.time.Instant;
import java.util.Optional;

/**
 * One state of a service's policy: what was in force from {@code at} on.
 *
 * @param revision counted from 1 for each service; 0 is the default that nobody wrote
 * @param candidateWeight the candidate's share, when the policy holds a canary
 */
public record PolicyRevision(
        long revision,
        TrafficPolicy policy,
        Optional<Weight> candidateWeight,
        Change change,
        ChangeNote note,
        Instant at) {

    public String service() {
        return policy.service();
    }

    /** Whether somebody wrote this policy; otherwise the defaults hold. */
    public boolean written() {
        return switch (change) {
            case NONE, DELETED, CLEARED -> false;
            case PUT, WEIGHTS, UNDONE -> true;
        };
    }

    static PolicyRevision unwritten(String service) {
        return new PolicyRevision(
                0,
                TrafficPolicy.defaults(service),
                Optional.empty(),
                Change.NONE,
                new ChangeNote("signalbox", ""),
                Instant.EPOCH);
    }

    /** What brought a policy into force. */
    public enum Change {
        /** Nothing did: the defaults hold. */
        NONE,
        PUT,
        WEIGHTS,
        DELETED,
        UNDONE,
        /** Undone, so that the defaults hold as before anything was written. */
        CLEARED
    }
}
