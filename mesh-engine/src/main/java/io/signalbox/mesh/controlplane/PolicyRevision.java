package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.CanaryStage;
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
 * @param stage which of the canary's stages is in force, counted from 1; {@value #NO_STAGE} for none
 */
public record PolicyRevision(
        long revision,
        TrafficPolicy policy,
        Optional<Weight> candidateWeight,
        int stage,
        Change change,
        ChangeNote note,
        Instant at) {

    static final int NO_STAGE = 0;

    /** The stage of its canary that is in force. */
    Optional<CanaryStage> stageInForce() {
        return asked().stageInForce();
    }

    /** What was asked for when it was put in force. */
    AskedPolicy asked() {
        return new AskedPolicy(policy, candidateWeight, stage);
    }

    static PolicyRevision of(long revision, AskedPolicy asked, Change change, ChangeNote note, Instant at) {
        return new PolicyRevision(revision, asked.policy(), asked.candidateWeight(), asked.stage(), change, note, at);
    }

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
        return of(0, AskedPolicy.defaults(service), Change.NONE, new ChangeNote("signalbox", ""), Instant.EPOCH);
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
