package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.CanaryStep;
import io.signalbox.mesh.model.status.RolloutStage;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One stop on the track of a rollout: a stage before the first share, or a share.
 *
 * @param word below it
 * @param gate whether a person has to say that it goes on from there
 * @param stage whether the candidate has no share there
 */
record TrackStop(String word, CanaryStep.Gate gate, boolean stage) {

    /** In the order in which they are passed. */
    static List<TrackStop> of(RolloutStatus rollout, Function<RolloutStage.Kind, String> words) {
        return Stream.concat(
                        rollout.stages().stream()
                                .map(stage -> new TrackStop(words.apply(stage.kind()), stage.gate(), true)),
                        rollout.steps().stream()
                                .map(step -> new TrackStop(step.weight().toString(), step.gate(), false)))
                .toList();
    }

    /** At how many it has been, counting where it stands; 0 before the first. */
    static int reached(RolloutStatus rollout) {
        int stages = rollout.stages().size();
        int stopped = rollout.stoppedAt().orElse(0);
        if (stopped > 0) {
            return stages + stopped;
        }
        int all = stages + rollout.steps().size();
        return switch (rollout.phase()) {
            case PROMOTED -> all;
            case QUEUED, WITHDRAWN -> 0;
            case RUNNING, BAKING, AT_GATE, PAUSED, ROLLED_BACK, DECIDED, FAILED ->
                rollout.stageNow().isPresent() && rollout.stage() != null
                        ? rollout.stage()
                        : rollout.step() > 0 ? Math.min(stages + rollout.step(), all) : 0;
        };
    }
}
