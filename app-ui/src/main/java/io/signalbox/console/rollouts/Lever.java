package io.signalbox.console.rollouts;

import io.signalbox.mesh.model.status.MeshSnapshot;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import io.signalbox.mesh.model.status.ServiceStatus;
import io.signalbox.mesh.model.status.SplitStatus;
import io.signalbox.mesh.model.status.VersionShare;
import java.util.Optional;

/**
 * What a rollout's candidate gets now, and what goes to its service.
 *
 * @param perSecond all requests of the service, of every version
 */
record Lever(RolloutStatus rollout, SplitStatus split, VersionShare share, double perSecond) {

    /** Empty where no share is a person's to move: before its turn, after its end, or without a split in the policy. */
    static Optional<Lever> of(RolloutStatus rollout, MeshSnapshot mesh) {
        if (rollout.phase().ended() || rollout.phase() == RolloutPhase.QUEUED) {
            return Optional.empty();
        }
        double perSecond = mesh.services().stream()
                .filter(service -> service.name().equals(rollout.service()))
                .map(ServiceStatus::stats)
                .mapToDouble(stats -> stats.requestsPerSecond())
                .findFirst()
                .orElse(0);
        return mesh.splits().stream()
                .filter(split -> split.service().equals(rollout.service()))
                .flatMap(split -> split.versions().stream()
                        .filter(share -> share.version().equals(rollout.candidate()))
                        .map(share -> new Lever(rollout, split, share, perSecond)))
                .findFirst();
    }

    /** Whether a hand on it stops what the rollout does by itself. */
    boolean goesByItself() {
        return rollout.phase() == RolloutPhase.RUNNING
                || rollout.phase() == RolloutPhase.BAKING
                || rollout.phase() == RolloutPhase.AT_GATE;
    }

    /** Whether a hand on it ends the stage that comes before the shares. */
    boolean isInStage() {
        return goesByItself() && rollout.stageNow().isPresent();
    }

    /** The requests a second that change versions between these percentages. */
    double movedPerSecond(int from, int to) {
        return Math.abs(to - from) / 100.0 * perSecond;
    }

    /** The version that gains from it. */
    String gaining(int from, int to) {
        return to >= from ? rollout.candidate() : rollout.stable();
    }
}
