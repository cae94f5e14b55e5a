package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Criteria;
import io.signalbox.mesh.canary.Evidence;
import io.signalbox.mesh.canary.Window;
import io.signalbox.mesh.model.CanaryStage;
import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.Splitting;
import io.signalbox.mesh.model.Weight;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One rollout: what it follows and where it stands. Immutable.
 *
 * @param number counted from 1 for each service
 * @param plan what it follows; the policy's word, as it was last read
 * @param asked who started it, and why
 * @param weight what the candidate gets
 * @param stage which of the plan's stages it stands at, counted from 1; {@value #NO_STAGE} for none
 * @param revision of the policy that it put in force, or that it found there last; 0 before its turn
 * @param watched how long the candidate was watched at this share
 * @param evidence of the whole rollout
 * @param lastShare what the candidate got when it last got anything, nothing before; empty where that was not kept
 * @param experiment what makes an A/B experiment of it; empty for one that moves requests
 */
public record Rollout(
        long number,
        Splitting.Canary plan,
        ChangeNote asked,
        Instant askedAt,
        Phase phase,
        Weight weight,
        int stage,
        long revision,
        Duration watched,
        Evidence evidence,
        Optional<Experiment> experiment,
        Optional<Weight> lastShare) {

    public static final int NO_STAGE = 0;

    /** One that moves requests. */
    public Rollout(
            long number,
            Splitting.Canary plan,
            ChangeNote asked,
            Instant askedAt,
            Phase phase,
            Weight weight,
            int stage,
            long revision,
            Duration watched,
            Evidence evidence) {
        this(
                number,
                plan,
                asked,
                askedAt,
                phase,
                weight,
                stage,
                revision,
                watched,
                evidence,
                Optional.empty(),
                Optional.of(weight));
    }

    /** One that waits for its turn. */
    public static Rollout queued(long number, Splitting.Canary plan, ChangeNote asked, Instant at) {
        return new Rollout(
                number, plan, asked, at, new Phase.Queued(), Weight.NONE, NO_STAGE, 0, Duration.ZERO, Evidence.none());
    }

    /** The same as an A/B experiment by that rule. */
    public Rollout comparing(Experiment rule) {
        return new Rollout(
                number,
                plan,
                asked,
                askedAt,
                phase,
                weight,
                stage,
                revision,
                watched,
                evidence,
                Optional.of(rule),
                lastShare);
    }

    /** What the evidence is held against. */
    public Criteria criteria() {
        return RolloutCriteria.of(plan);
    }

    public boolean ended() {
        return phase instanceof Phase.Ended;
    }

    public List<CanaryStep> steps() {
        return plan.plannedSteps();
    }

    /** The stage that it stands at, or ended in; empty once the candidate has a share, and before its turn. */
    public Optional<CanaryStage> stageNow() {
        return plan.terms().stage(stage);
    }

    /** What tells of the candidate where it stands. */
    public Sight sight() {
        return stageNow().map(Sight::of).orElseGet(() -> plan.isAtOnce() ? Sight.ALL_CALLS : Sight.CALLS);
    }

    /** Which step it stands at, counted from 0; -1 when its share is below the first. */
    public int step() {
        return stepAt(weight);
    }

    /** Which step it stood at when the candidate last got anything, counted as {@link #step}; empty where that was not kept. */
    public OptionalInt lastStep() {
        return lastShare.isPresent() ? OptionalInt.of(stepAt(lastShare.get())) : OptionalInt.empty();
    }

    private int stepAt(Weight share) {
        List<CanaryStep> steps = steps();
        int at = -1;
        while (at + 1 < steps.size() && steps.get(at + 1).weight().compareTo(share) <= 0) {
            at++;
        }
        return at;
    }

    /** The same, of which the candidate's last share is that. */
    public Rollout withLastShare(Optional<Weight> share) {
        return new Rollout(
                number, plan, asked, askedAt, phase, weight, stage, revision, watched, evidence, experiment, share);
    }

    /** The least time that it is watched before something follows. */
    public Duration delay() {
        return switch (phase) {
            case Phase.Baking _ -> plan.terms().bakeTime();
            case Phase.Queued _, Phase.Running _, Phase.AtGate _, Phase.Asking _, Phase.Paused _, Phase.Ended _ -> {
                if (stageNow().isPresent()) {
                    yield stageNow().get().delay();
                }
                int at = step();
                yield at < 0 ? plan.incrementDelay() : steps().get(at).delay();
            }
        };
    }

    /** The same under another revision of the policy. */
    public Rollout inForceAs(long newRevision) {
        return new Rollout(
                number,
                plan,
                asked,
                askedAt,
                phase,
                weight,
                stage,
                newRevision,
                watched,
                evidence,
                experiment,
                lastShare);
    }

    Rollout in(Phase newPhase) {
        return new Rollout(
                number,
                plan,
                asked,
                askedAt,
                newPhase,
                weight,
                stage,
                revision,
                watched,
                evidence,
                experiment,
                lastShare);
    }

    Rollout under(Splitting.Canary newPlan) {
        return new Rollout(
                number,
                newPlan,
                asked,
                askedAt,
                phase,
                weight,
                stage,
                revision,
                watched,
                evidence,
                experiment,
                lastShare);
    }

    /** At a share, watched anew; what is known of the candidate stays known, but for what a stage told. */
    Rollout at(Weight newWeight) {
        return moved(newWeight, NO_STAGE);
    }

    /** In a stage, where the candidate has no share. */
    Rollout atStage(int newStage) {
        return moved(Weight.NONE, newStage);
    }

    /** Where it stands, watched anew. */
    Rollout anew() {
        return moved(weight, stage);
    }

    Rollout moved(Weight newWeight, int newStage) {
        Optional<Weight> last = newWeight.equals(Weight.NONE) ? lastShare : Optional.of(newWeight);
        if (experiment.isPresent()) {
            // its time counts from the start, whatever share each version had meanwhile
            return new Rollout(
                    number,
                    plan,
                    asked,
                    askedAt,
                    phase,
                    newWeight,
                    newStage,
                    revision,
                    watched,
                    evidence,
                    experiment,
                    last);
        }
        return new Rollout(
                number,
                plan,
                asked,
                askedAt,
                phase,
                newWeight,
                newStage,
                revision,
                Duration.ZERO,
                newStage == stage ? evidence.atNewStep() : Evidence.none(),
                experiment,
                last);
    }

    /** At its end, with the evidence that it ended on. */
    Rollout endedAt(Weight last, Phase.Ended end) {
        return new Rollout(
                number, plan, asked, askedAt, end, last, stage, revision, watched, evidence, experiment, lastShare);
    }

    Rollout plus(Window window) {
        return new Rollout(
                number,
                plan,
                asked,
                askedAt,
                phase,
                weight,
                stage,
                revision,
                watched.plus(window.span()),
                evidence.plus(window, criteria()),
                experiment.map(its -> its.plus(window, criteria())),
                lastShare);
    }
}
