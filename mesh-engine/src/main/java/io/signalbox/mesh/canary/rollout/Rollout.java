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
import java.util.function.Consumer;

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
        return with(draft -> draft.experiment = Optional.of(rule));
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
        return with(draft -> draft.lastShare = share);
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
        return with(draft -> draft.revision = newRevision);
    }

    Rollout in(Phase newPhase) {
        return with(draft -> draft.phase = newPhase);
    }

    Rollout under(Splitting.Canary newPlan) {
        return with(draft -> draft.plan = newPlan);
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
        return with(draft -> {
            draft.weight = newWeight;
            draft.stage = newStage;
            if (!newWeight.equals(Weight.NONE)) {
                draft.lastShare = Optional.of(newWeight);
            }
            // the time of an experiment counts from the start, whatever share each version had meanwhile
            if (experiment.isEmpty()) {
                draft.watched = Duration.ZERO;
                draft.evidence = newStage == stage ? evidence.atNewStep() : Evidence.none();
            }
        });
    }

    /** At its end, with the evidence that it ended on. */
    Rollout endedAt(Weight last, Phase.Ended end) {
        return with(draft -> {
            draft.phase = end;
            draft.weight = last;
        });
    }

    Rollout plus(Window window) {
        return with(draft -> {
            draft.watched = watched.plus(window.span());
            draft.evidence = evidence.plus(window, criteria());
            draft.experiment = experiment.map(its -> its.plus(window, criteria()));
        });
    }

    private Rollout with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new Rollout(
                number,
                draft.plan,
                asked,
                askedAt,
                draft.phase,
                draft.weight,
                draft.stage,
                draft.revision,
                draft.watched,
                draft.evidence,
                draft.experiment,
                draft.lastShare);
    }

    /** One that can be changed before it is made. */
    private static final class Draft {
        private Splitting.Canary plan;
        private Phase phase;
        private Weight weight;
        private int stage;
        private long revision;
        private Duration watched;
        private Evidence evidence;
        private Optional<Experiment> experiment;
        private Optional<Weight> lastShare;

        Draft(Rollout from) {
            plan = from.plan;
            phase = from.phase;
            weight = from.weight;
            stage = from.stage;
            revision = from.revision;
            watched = from.watched;
            evidence = from.evidence;
            experiment = from.experiment;
            lastShare = from.lastShare;
        }
    }
}
