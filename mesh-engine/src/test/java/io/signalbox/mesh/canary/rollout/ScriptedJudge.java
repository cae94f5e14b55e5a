package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.canary.Position;
import io.signalbox.mesh.canary.Verdict;
import java.util.List;

/** A judge that says what a test tells it to. */
public final class ScriptedJudge implements Judge {

    public static final Verdict ADVANCE = new Verdict.Advance(List.of(), new Position(0, 1), "It is as good as v1.");
    public static final Verdict ROLL_BACK = new Verdict.RollBack(List.of(), new Position(1, 0), "It fails more often.");
    public static final Verdict NOT_ENOUGH =
            new Verdict.NotEnough(List.of(), Position.START, "40 requests more are needed.", 40, null);
    public static final Verdict ENVIRONMENT_BAD =
            new Verdict.EnvironmentBad(List.of(), Position.START, "v1 fails as well.");

    private Verdict verdict = NOT_ENOUGH;

    public void say(Verdict next) {
        verdict = next;
    }

    @Override
    public Verdict verdict(Rollout rollout) {
        return verdict;
    }
}
