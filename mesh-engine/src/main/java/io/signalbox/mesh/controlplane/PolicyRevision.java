package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
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

    /** One in no stage. */
    PolicyRevision(
            long revision,
            TrafficPolicy policy,
            Optional<Weight> candidateWeight,
            Change change,
            ChangeNote note,
            Instant at) {
        this(revision, policy, candidateWeight, NO_STAGE, change, note, at);
    }

    /** The stage of its canary that is in force. */
    Optional<CanaryStage> stageInForce() {
        return policy.splitting() instanceof Splitting.Canary canary
                ? canary.terms().stage(stage)
                : Optional.empty();
    }

    /** The policy as sidecars follow it: they know of no winners and no stages, but of what the one that is in force adds. */
    TrafficPolicy followed() {
        if (policy.splitting() instanceof Splitting.AbTest test && test.winner().isPresent()) {
            return policy.withSplitting(test.withWinner(Optional.empty()));
        }
        if (!(policy.splitting() instanceof Splitting.Canary canary)
                || canary.terms().stages().isEmpty()) {
            return policy;
        }
        TrafficPolicy plain = policy.withSplitting(canary.withoutStages());
        return stageInForce().map(its -> its.within(plain, canary.candidate())).orElse(plain);
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
