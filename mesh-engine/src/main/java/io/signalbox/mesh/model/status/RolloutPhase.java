package io.signalbox.mesh.model.status;

import java.util.Locale;

/** Where a rollout stands. */
public enum RolloutPhase {
    /** It waits for its turn. */
    QUEUED,
    /** It goes on by itself as the evidence allows. */
    RUNNING,
    /** It holds the last share for its bake time. */
    BAKING,
    /** Somebody has to say that it goes on. */
    AT_GATE,
    /** It holds until somebody resumes or ends it. */
    PAUSED,
    PROMOTED,
    ROLLED_BACK,
    /** An experiment has come to its end: with a winner, or without. */
    DECIDED,
    /** It was taken out of the queue. */
    WITHDRAWN,
    /** It could not begin. */
    FAILED;

    public boolean ended() {
        return switch (this) {
            case QUEUED, RUNNING, BAKING, AT_GATE, PAUSED -> false;
            case PROMOTED, ROLLED_BACK, DECIDED, WITHDRAWN, FAILED -> true;
        };
    }

    /** Such as {@code rolled back}. */
    public String words() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
