package io.signalbox.mesh.controlplane;

import io.signalbox.mesh.canary.rollout.Phase;
import io.signalbox.mesh.canary.rollout.WebhookCall;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Webhooks that are asked, as the store keeps it: who comes back after a crash asks again what has no answer, as the same
 * question.
 */
record StoredAsking(Phase.Gate behind, String by, String why, Instant since, List<WebhookCall> calls) {

    static Optional<StoredAsking> of(Phase phase) {
        return switch (phase) {
            case Phase.Asking(Phase.Gate behind, ChangeNote why, Instant since, List<WebhookCall> calls) ->
                Optional.of(new StoredAsking(behind, why.by(), why.reason(), since, calls));
            case Phase.Paused paused -> of(paused.before());
            case Phase.Queued _, Phase.Running _, Phase.Baking _, Phase.AtGate _, Phase.Ended _ -> Optional.empty();
        };
    }

    Phase.Asking phase() {
        return new Phase.Asking(behind, new ChangeNote(by, why), since, calls);
    }
}
