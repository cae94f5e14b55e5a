package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Sentences;
import io.signalbox.mesh.canary.rollout.RolloutMachine.Move;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.AbOutcome;
import java.time.Instant;

/** How an A/B experiment ends by itself: pure functions. */
final class Experiments {

    private Experiments() {}

    static Move looked(Rollout seen, Experiment experiment, Instant now) {
        AbOutcome outcome = experiment.outcome(seen);
        if (outcome == AbOutcome.OPEN) {
            return Move.quiet(seen);
        }
        Rollout decided = decided(seen, new ChangeNote(RolloutMachine.ITSELF, ""), outcome, now);
        ChangeNote why =
                RolloutMachine.itself(Sentences.of(experiment.verdict(decided).reason()));
        return new Move(decided(seen, why, outcome, now), effect(seen, experiment.rule(), outcome, why));
    }

    private static Rollout decided(Rollout seen, ChangeNote note, AbOutcome outcome, Instant now) {
        return seen.endedAt(seen.weight(), new Phase.Decided(now, note, outcome));
    }

    private static Effect effect(Rollout seen, AbWinner rule, AbOutcome outcome, ChangeNote why) {
        if (!rule.promotion().isWanted()) {
            return new Effect.Nothing();
        }
        ChangeNote note = RolloutMachine.note(why.by(), "rollout " + seen.number() + ": " + why.reason());
        String a = seen.plan().stable();
        String b = seen.plan().candidate();
        return switch (outcome) {
            case A -> new Effect.Choice(a, b, note);
            case B -> new Effect.Choice(b, a, note);
            case OPEN, NONE -> new Effect.Nothing();
        };
    }
}
