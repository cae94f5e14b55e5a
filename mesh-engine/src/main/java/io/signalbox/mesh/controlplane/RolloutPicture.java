package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.Check;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.canary.rollout.RolloutMachine;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.CheckStatus;
import io.signalbox.mesh.model.status.RolloutCause;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.StagePicture;
import io.signalbox.mesh.model.status.VerdictStatus;
import io.signalbox.mesh.model.status.WebhookStatus;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/** Draws a rollout with what its evidence says. */
final class RolloutPicture {

    private RolloutPicture() {}

    static RolloutStatus of(String service, Rollout rollout, Verdict verdict, RolloutCause cause) {
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
                why(cause, phase, verdict),
                cause,
                note.isPresent() ? note.get().by() : null,
                rollout.asked().by(),
                rollout.asked().reason(),
                rollout.askedAt(),
                phase instanceof Phase.Ended ended ? ended.at() : null,
                rollout.revision(),
                verdict(verdict),
                rollout.plan().terms().stages().stream().map(StagePicture::of).toList(),
                rollout.stageNow().isPresent() ? rollout.stage() : null,
                kind(rollout),
                webhooks(phase),
                rollout.lastStep().isPresent() ? rollout.lastStep().getAsInt() + 1 : null);
    }

    private static RolloutStatus.Kind kind(Rollout rollout) {
        if (rollout.experiment().isPresent()) {
            return RolloutStatus.Kind.AB_TEST;
        }
        return rollout.plan().isAtOnce() ? RolloutStatus.Kind.BLUE_GREEN : RolloutStatus.Kind.CANARY;
    }

    static RolloutPhase phase(Phase phase) {
        return switch (phase) {
            case Phase.Queued _ -> RolloutPhase.QUEUED;
            case Phase.Running _, Phase.Asking _ -> RolloutPhase.RUNNING;
            case Phase.Baking _ -> RolloutPhase.BAKING;
            case Phase.AtGate _ -> RolloutPhase.AT_GATE;
            case Phase.Paused _ -> RolloutPhase.PAUSED;
            case Phase.Promoted _ -> RolloutPhase.PROMOTED;
            case Phase.RolledBack _ -> RolloutPhase.ROLLED_BACK;
            case Phase.Decided _ -> RolloutPhase.DECIDED;
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

    /** What keeps it where it stands, if no change of the policy waits to be confirmed. */
    static RolloutCause cause(Phase phase, Verdict verdict) {
        return switch (phase) {
            case Phase.Queued _ -> RolloutCause.QUEUE;
            case Phase.AtGate(Phase.Gate gate) ->
                switch (gate) {
                    case STEP -> RolloutCause.STEP_GATE;
                    case PROMOTION -> RolloutCause.PROMOTION_GATE;
                };
            case Phase.Asking asking when asking.open().isPresent() -> RolloutCause.WEBHOOK;
            case Phase.Running _, Phase.Baking _, Phase.Asking _, Phase.Decided _ -> RolloutCause.VERDICT;
            case Phase.Promoted(Instant _, ChangeNote note) -> byItself(note, verdict instanceof Verdict.Advance);
            case Phase.RolledBack(Instant _, ChangeNote note) -> byItself(note, verdict instanceof Verdict.RollBack);
            case Phase.Paused _, Phase.Withdrawn _, Phase.Failed _ -> RolloutCause.NOTE;
        };
    }

    private static RolloutCause byItself(ChangeNote note, boolean asJudged) {
        return asJudged && note.by().equals(RolloutMachine.ITSELF) ? RolloutCause.VERDICT : RolloutCause.NOTE;
    }

    private static String why(RolloutCause cause, Phase phase, Verdict verdict) {
        return switch (cause) {
            case QUEUE -> "Another rollout of the service comes first.";
            case REGISTRATIONS -> "It begins once all instances had time to register.";
            case STEP_GATE -> "The step waits for somebody to say that it goes on.";
            case PROMOTION_GATE -> "The greatest weight is reached; somebody has to promote it.";
            case WEBHOOK -> asked(phase);
            case CONFIRMATION -> "It holds, since a change of the policy waits to be confirmed.";
            case VERDICT, NOTE -> note(phase).map(ChangeNote::reason).orElseGet(verdict::why);
        };
    }

    /** Such as {@code load-test answered 503 in 12 ms; asked 3 times, again at 12:00:31}. */
    private static String asked(Phase phase) {
        return phase instanceof Phase.Asking asking
                ? asking.open()
                        .map(call -> call.asked() == 0
                                ? call.webhook() + " was asked, and has not answered yet"
                                : call.webhook() + " " + call.said() + "; asked "
                                        + (call.asked() == 1 ? "once" : call.asked() + " times") + ", again at "
                                        + call.next().truncatedTo(ChronoUnit.SECONDS))
                        .orElse("")
                : "";
    }

    private static List<WebhookStatus> webhooks(Phase phase) {
        return phase instanceof Phase.Asking asking
                ? asking.calls().stream()
                        .map(call -> new WebhookStatus(
                                call.webhook(),
                                WebhookStatus.State.valueOf(call.state().name()),
                                call.asked(),
                                call.said(),
                                call.state() == WebhookCall.State.OPEN ? call.next() : null))
                        .toList()
                : List.of();
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
                verdict.reason(),
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
