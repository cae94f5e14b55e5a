package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.Check;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.VerdictStatus;
import java.time.Instant;
import java.util.Optional;

/** Draws a rollout with what its evidence says. */
final class RolloutPicture {

    private RolloutPicture() {}

    static RolloutStatus of(String service, Rollout rollout, Verdict verdict, String why) {
        Phase phase = rollout.phase();
        Optional<ChangeNote> note = note(phase);
        return new RolloutStatus(
                service,
                rollout.number(),
                rollout.plan().stable(),
                rollout.plan().candidate(),
                phase(phase),
                rollout.weight(),
                rollout.steps(),
                rollout.step() + 1,
                rollout.watched(),
                rollout.delay(),
                rollout.plan().terms().bakeTime(),
                why,
                note.isPresent() ? note.get().by() : null,
                rollout.asked().by(),
                rollout.asked().reason(),
                rollout.askedAt(),
                phase instanceof Phase.Ended ended ? ended.at() : null,
                rollout.revision(),
                verdict(verdict));
    }

    static RolloutPhase phase(Phase phase) {
        return switch (phase) {
            case Phase.Queued _ -> RolloutPhase.QUEUED;
            case Phase.Running _ -> RolloutPhase.RUNNING;
            case Phase.Baking _ -> RolloutPhase.BAKING;
            case Phase.AtGate _ -> RolloutPhase.AT_GATE;
            case Phase.Paused _ -> RolloutPhase.PAUSED;
            case Phase.Promoted _ -> RolloutPhase.PROMOTED;
            case Phase.RolledBack _ -> RolloutPhase.ROLLED_BACK;
            case Phase.Withdrawn _ -> RolloutPhase.WITHDRAWN;
            case Phase.Failed _ -> RolloutPhase.FAILED;
        };
    }

    /** Who paused or ended it, and why. */
    static Optional<ChangeNote> note(Phase phase) {
        return switch (phase) {
            case Phase.Paused paused -> Optional.of(paused.note());
            case Phase.Ended ended -> Optional.of(ended.note());
            case Phase.Queued _, Phase.Underway _ -> Optional.empty();
        };
    }

    /** Since when it is paused, or when it ended. */
    static Optional<Instant> at(Phase phase) {
        return switch (phase) {
            case Phase.Paused paused -> Optional.of(paused.since());
            case Phase.Ended ended -> Optional.of(ended.at());
            case Phase.Queued _, Phase.Underway _ -> Optional.empty();
        };
    }

    static String why(Phase phase, Verdict verdict) {
        return switch (phase) {
            case Phase.Queued _ -> "Another rollout of the service comes first.";
            case Phase.AtGate(Phase.Gate gate) ->
                switch (gate) {
                    case STEP -> "The step waits for somebody to say that it goes on.";
                    case PROMOTION -> "The greatest weight is reached; somebody has to promote it.";
                };
            case Phase.Running _, Phase.Baking _ -> verdict.why();
            case Phase.Paused paused -> paused.note().reason();
            case Phase.Ended ended -> ended.note().reason();
        };
    }

    private static VerdictStatus verdict(Verdict verdict) {
        VerdictStatus.Kind kind = switch (verdict) {
            case Verdict.Advance _ -> VerdictStatus.Kind.ADVANCE;
            case Verdict.RollBack _ -> VerdictStatus.Kind.ROLL_BACK;
            case Verdict.NotEnough _ -> VerdictStatus.Kind.NOT_ENOUGH;
            case Verdict.EnvironmentBad _ -> VerdictStatus.Kind.ENVIRONMENT_BAD;
        };
        Optional<Verdict.NotEnough> missing =
                verdict instanceof Verdict.NotEnough notEnough ? Optional.of(notEnough) : Optional.empty();
        return new VerdictStatus(
                kind,
                verdict.why(),
                verdict.position().onLine(),
                verdict.checks().stream().map(RolloutPicture::check).toList(),
                missing.map(Verdict.NotEnough::moreRequests).orElse(0L),
                missing.isPresent() ? missing.get().atThisRate() : null);
    }

    private static CheckStatus check(Check check) {
        return new CheckStatus(
                CheckStatus.Name.valueOf(check.name().name()),
                CheckStatus.State.valueOf(check.state().name()),
                check.observed(),
                check.bound(),
                check.low(),
                check.high(),
                check.position().onLine());
    }
}
