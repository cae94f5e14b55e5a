package io.signalbox.mesh.canary.rollout;

import io.signalbox.mesh.model.CanaryStage;

/** What is seen of a candidate, and what may be concluded from it. */
public enum Sight {
    /** Calls that were dealt to both versions by chance: they are compared. */
    CALLS,
    /** Calls of those who asked for the candidate, who are others than those of stable: only thresholds tell something. */
    CHOSEN_CALLS,
    /** All calls: none go to stable that could be compared, so only thresholds tell something. */
    ALL_CALLS,
    /** Copies of calls beside the calls themselves: they are compared. */
    COPIES;

    static Sight of(CanaryStage stage) {
        return switch (stage) {
            case CanaryStage.Matching _ -> CHOSEN_CALLS;
            case CanaryStage.Mirrored _ -> COPIES;
        };
    }
}
