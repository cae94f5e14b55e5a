package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Experiment;
import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.Rollout;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.model.AbWinner;
import io.signalbox.mesh.model.status.AbOutcome;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What makes an A/B experiment of a rollout, as the store keeps it.
 *
 * @param swapped evidence, as that of the rollout
 * @param outcome how it ended; {@code null} while it has not, or was ended by hand
 */
record StoredExperiment(
        AbWinner rule, String swapped, @Nullable AbOutcome outcome) {

    static Optional<StoredExperiment> of(Rollout rollout) {
        AbOutcome outcome = rollout.phase() instanceof Phase.Decided decided ? decided.outcome() : null;
        return rollout.experiment().map(its -> new StoredExperiment(its.rule(), Json.text(its.swapped()), outcome));
    }

    Experiment experiment() {
        return new Experiment(rule, StoredRollout.evidence(swapped));
    }

    AbOutcome end() {
        return outcome == null ? AbOutcome.NONE : outcome;
    }
}
