package io.signalbox.console.rollouts;

import io.signalbox.mesh.client.Rollouts;
import io.signalbox.mesh.model.ChangeNote;
import io.signalbox.mesh.model.status.RolloutPhase;
import io.signalbox.mesh.model.status.RolloutStatus;
import java.util.Locale;
import java.util.OptionalLong;

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
            case PROMOTED, ROLLED_BACK, DECIDED, WITHDRAWN, FAILED -> false;
        };
    }

    void on(Rollouts rollouts, RolloutStatus shown, ChangeNote note) {
        String service = shown.service();
        OptionalLong number = OptionalLong.of(shown.number());
        switch (this) {
            case PAUSE -> rollouts.pause(service, number, note);
            case RESUME -> rollouts.resume(service, number, note);
            case ROLL_BACK -> rollouts.rollBack(service, number, note);
            case PROMOTE -> rollouts.promote(service, number, note);
            case WITHDRAW -> rollouts.withdraw(service, shown.number(), note);
        }
    }

    /** The part of its texts' keys, such as {@code roll-back}. */
    String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
