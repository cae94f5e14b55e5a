package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Position;
import io.signalbox.mesh.canary.Verdict;
import io.signalbox.mesh.model.status.VerdictReason;
import java.util.List;
import java.util.Optional;

/** A judge that says what a test tells it to. */
public final class ScriptedJudge implements Judge {

    public static final Verdict ADVANCE =
            new Verdict.Advance(List.of(), new Position(0, 1), new VerdictReason.KeepsThresholds());
    public static final Verdict ROLL_BACK =
            new Verdict.RollBack(List.of(), new Position(1, 0), new VerdictReason.FailsMore(0.25, 100, 0.125, 900));
    public static final Verdict NOT_ENOUGH =
            new Verdict.NotEnough(List.of(), Position.START, new VerdictReason.Missing(60, 40, null), 40, null);
    public static final Verdict ENVIRONMENT_BAD =
            new Verdict.EnvironmentBad(List.of(), Position.START, new VerdictReason.StableFails(0.2, 0.01));

    private Verdict verdict = NOT_ENOUGH;
    private Optional<Rollout> last = Optional.empty();

    /** What it was asked about last. */
    public Optional<Rollout> last() {
        return last;
    }

    public void say(Verdict next) {
        verdict = next;
    }

    @Override
    public Verdict verdict(Rollout rollout) {
        last = Optional.of(rollout);
        return verdict;
    }
}
