package io.signalbox.console.rollouts;

import io.signalbox.mesh.client.MeshException;
import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Locale;

/** What a person can do about a rollout. */
enum RolloutAct {
    PAUSE,
    RESUME,
    ROLL_BACK,
    PROMOTE,
    WITHDRAW;

    /** Whether it can be done to one that stands there. */
    boolean fits(RolloutPhase phase) {
        return switch (phase) {
            case QUEUED -> this == WITHDRAW;
            case RUNNING, BAKING -> this == PAUSE || this == ROLL_BACK || this == PROMOTE;
            case AT_GATE, PAUSED -> this == RESUME || this == ROLL_BACK || this == PROMOTE;
            case PROMOTED, ROLLED_BACK, WITHDRAWN, FAILED -> false;
        };
    }

    void on(Rollouts rollouts, RolloutStatus shown, ChangeNote note) {
        String service = shown.service();
        if (this == WITHDRAW) {
            rollouts.withdraw(service, shown.number(), note);
            return;
        }
        long number = rollouts.current(service).map(RolloutStatus::number).orElse(0L);
        if (number != shown.number()) {
            throw new MeshException(
                    MeshException.Kind.CONFLICT,
                    "rollout of " + service + ": " + number + " (expected: " + shown.number() + ")");
        }
        switch (this) {
            case PAUSE -> rollouts.pause(service, note);
            case RESUME -> rollouts.resume(service, note);
            case ROLL_BACK -> rollouts.rollBack(service, note);
            case PROMOTE -> rollouts.promote(service, note);
            case WITHDRAW -> throw new AssertionError("withdraw: returned above");
        }
    }

    /** The part of its texts' keys, such as {@code roll-back}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
